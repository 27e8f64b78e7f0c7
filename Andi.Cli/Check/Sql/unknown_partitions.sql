-- Which rows of a landing table came from no partition that the ledger knows?
SELECT toString(_partition) AS key, toString(count()) AS stands
FROM {{table}}
WHERE _generation = {generation:UInt32} AND NOT has({partitions:Array(UInt16)}, _partition)
GROUP BY _partition
ORDER BY _partition
