-- How much room is on each of the engine's disks, in bytes?
SELECT name, toFloat64(free_space) AS free, toFloat64(total_space) AS total FROM system.disks WHERE total_space > 0 ORDER BY name
