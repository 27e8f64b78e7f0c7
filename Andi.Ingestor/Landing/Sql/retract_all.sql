-- Makes the sum of everything that a partition of a landing table holds nothing: what stands in there is taken back at the truncate's position. Where a
-- row was taken back that never came (its own event is a dead letter), the missing row is added, at position 0, where it never counts as the newest.
-- The rows carry the truncate's offset and are made of lower ones only, so a repeat makes the same rows in the same order.
INSERT INTO {{table}}
    ({{columns}}, _sign, _position, _txid, _deleted, _generation, _partition, _offset, _committed_at, _ingested_at, _unmapped, _fence)
SELECT
    {{columns}},
    if(standing > 0, -1, 1),
    if(standing > 0, {position:UInt128}, 0),
    {transaction_id:UInt64},
    1,
    {generation:UInt32},
    {partition:UInt16},
    {offset:Int64},
    fromUnixTimestamp64Milli({committed_at_ms:Int64}, 'UTC'),
    fromUnixTimestamp64Milli({committed_at_ms:Int64}, 'UTC'),
    unmapped,
    {fence:Int64}
FROM
(
    SELECT {{columns}}, sum(_sign) AS standing, max(_unmapped) AS unmapped
    FROM {{table}}
    WHERE _generation = {generation:UInt32} AND _partition = {partition:UInt16} AND _offset < {offset:Int64}
    GROUP BY {{columns}}
    HAVING standing != 0
)
ARRAY JOIN range(toUInt64(abs(standing)))
ORDER BY {{columns}}
