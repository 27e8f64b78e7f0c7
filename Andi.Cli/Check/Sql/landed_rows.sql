-- Which rows of which sign and position came from each offset of a partition?
SELECT
    _offset AS offset,
    toInt64(countIf(_sign = 1)) AS added,
    toInt64(countIf(_sign != 1)) AS retracted,
    min(_position) AS first,
    max(_position) AS last
FROM {{table}}
WHERE _generation = {generation:UInt32} AND _partition = {partition:UInt16} AND _offset <= {applied:Int64}
GROUP BY _offset
ORDER BY _offset
SETTINGS optimize_aggregation_in_order = 1
