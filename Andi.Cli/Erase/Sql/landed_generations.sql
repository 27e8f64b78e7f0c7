-- Into which generations do rows land, from the one that readers see on?
SELECT DISTINCT generation FROM partitions WHERE is_mapped AND generation >= $1 ORDER BY 1
