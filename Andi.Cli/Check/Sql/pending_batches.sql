-- How many batches are announced but not confirmed: of one generation, or ($1 is NULL) of all that readers have not left behind? What is older nobody takes over
-- any more, and its rows are dropped.
SELECT count(*)
FROM partitions
WHERE pending_first IS NOT NULL
    AND generation >= coalesce($1, (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL), 0)
    AND generation <= coalesce($1, generation)
