-- As if every table had changed.
UPDATE partitions SET inserts = inserts + 1
