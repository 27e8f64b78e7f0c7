-- Takes back every row that stands in a partition of a landing table below a position: of each key the newest row, unless it is a retraction itself.
INSERT INTO {{table}}
    ({{columns}}, _sign, _position, _txid, _deleted, _generation, _partition, _offset, _committed_at, _ingested_at, _unmapped, _fence)
SELECT
    {{columns}}, -1, {position:UInt128}, {transaction_id:UInt64}, 1, _generation, _partition, {offset:Int64},
    fromUnixTimestamp64Milli({committed_at_ms:Int64}, 'UTC'), now64(6, 'UTC'), _unmapped, {fence:Int64}
FROM
(
    SELECT *
    FROM {{table}}
    WHERE _generation = {generation:UInt32} AND _partition = {partition:UInt16} AND _position < {position:UInt128}
    ORDER BY {{key}}, _position DESC, _sign DESC
    LIMIT 1 BY {{key}}
)
WHERE _sign = 1
ORDER BY {{key}}
