-- How many batches are announced but not confirmed: of one generation, or ($1 is NULL) of all?
SELECT count(*) FROM partitions WHERE generation = coalesce($1, generation) AND pending_first IS NOT NULL
