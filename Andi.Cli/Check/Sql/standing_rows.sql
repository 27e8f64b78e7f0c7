-- How many different rows of a partition stand, more or less often than never, after an offset?
SELECT toInt64(count())
FROM
(
    SELECT 1
    FROM {{table}}
    WHERE _generation = {generation:UInt32} AND _partition = {partition:UInt16} AND _offset <= {offset:Int64}
    GROUP BY {{columns}}
    HAVING sum(_sign) != 0
)
