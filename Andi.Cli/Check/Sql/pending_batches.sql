-- How many batches of the generation are announced but not confirmed?
SELECT count(*) FROM partitions WHERE generation = $1 AND pending_first IS NOT NULL
