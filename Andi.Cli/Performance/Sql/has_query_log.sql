-- Does the server keep a log of queries?
SELECT toInt32(count()) FROM system.tables WHERE database = 'system' AND name = 'query_log'
