-- How far is the topic applied, how long did that take from the first take-over to the last batch, in seconds, and how many inserts?
SELECT sum(applied_offset + 1)::bigint, extract(epoch FROM max(applied_at) - min(taken_at))::float8, sum(inserts)::bigint
FROM partitions
WHERE topic = $1
