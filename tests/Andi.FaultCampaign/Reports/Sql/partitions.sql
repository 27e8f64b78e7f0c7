-- How far is each partition applied, and what is announced?
SELECT partitions::text FROM partitions ORDER BY topic, partition
