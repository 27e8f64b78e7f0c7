-- Nothing is applied any more: the next ingestor begins with the first message.
UPDATE partitions
SET applied_offset = -1, commit_lsn = '0/0', change_index = 0, pending_first = NULL, pending_last = NULL, pending_columns = NULL, inserts = 0;
