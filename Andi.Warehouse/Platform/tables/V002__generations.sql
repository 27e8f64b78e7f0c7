-- Which generation of the rows do readers see? The one of the newest switch. A rebuild writes rows of the next generation beside the live ones;
-- one row inserted here switches every reader.
CREATE TABLE IF NOT EXISTS ops.generations
(
    switch UInt64,
    generation UInt32,
    switched_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC'),
    reason String
)
ENGINE = ReplacingMergeTree
ORDER BY switch;

INSERT INTO ops.generations (switch, generation, switched_at, reason) VALUES (1, 1, toDateTime64(0, 6, 'UTC'), 'the first');
