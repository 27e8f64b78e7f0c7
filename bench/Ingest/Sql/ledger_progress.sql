-- How far is the topic applied, and how long did that take from the first take-over to the last batch, in seconds?
SELECT sum(applied_offset + 1)::bigint, extract(epoch FROM max(applied_at) - min(taken_at))::float8
FROM partitions
WHERE topic = $1
