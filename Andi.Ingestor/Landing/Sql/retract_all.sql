-- Makes the sum of everything that a partition of a landing table holds nothing, and nothing the newest: what stands in there is taken back at the truncate's
-- position. Where a row was taken back that never came (its own event is a dead letter), the missing row is added, at position 0, where it never counts as
-- the newest. Both where the two cancel each other out, as such a row came again later: facts know the newest row, not the sum.
-- The rows carry the truncate's offset and are made of lower ones only, so a repeat makes the same rows in the same order.
INSERT INTO {{table}}
    ({{columns}}, _sign, _position, _txid, _deleted, _generation, _partition, _offset, _committed_at, _ingested_at, _unmapped, _fence)
SELECT
    {{columns}},
    _made_sign,
    if(_made_sign = -1, {position:UInt128}, 0),
    {transaction_id:UInt64},
    1,
    {generation:UInt32},
    {partition:UInt16},
    {offset:Int64},
    fromUnixTimestamp64Milli({committed_at_ms:Int64}, 'UTC'),
    fromUnixTimestamp64Milli({committed_at_ms:Int64}, 'UTC'),
    _any_unmapped,
    {fence:Int64}
FROM
(
    SELECT
        {{columns}},
        sum(_sign) AS _standing,
        greatest(_standing, toInt64(argMax(_sign, (_position, _sign)) = 1)) AS _taken,
        max(_unmapped) AS _any_unmapped
    FROM {{table}}
    WHERE _generation = {generation:UInt32} AND _partition = {partition:UInt16} AND _offset < {offset:Int64}
    GROUP BY {{columns}}
    HAVING _standing != 0 OR _taken != 0
)
ARRAY JOIN arrayConcat(arrayWithConstant(_taken, toInt8(-1)), arrayWithConstant(_taken - _standing, toInt8(1))) AS _made_sign
ORDER BY {{columns}}, _made_sign
