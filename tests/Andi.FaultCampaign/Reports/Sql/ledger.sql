-- How often did the current generation's partitions change hands, and how many inserts and messages did they take in?
SELECT sum(fence)::bigint, sum(inserts)::bigint, sum(applied_offset + 1)::bigint
FROM partitions
WHERE is_mapped
