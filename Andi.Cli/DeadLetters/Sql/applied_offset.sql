-- How far is a partition applied?
SELECT applied_offset FROM partitions WHERE topic = $1 AND partition = $2
