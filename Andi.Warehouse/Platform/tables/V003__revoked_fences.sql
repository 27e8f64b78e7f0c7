-- Which fencing tokens may no longer write? Every landing table refuses rows of a token that is in here (its constraint not_fenced_off), however late they
-- arrive. Tokens count anew in each generation. In memory, so that asking costs some 50 ns a row; on disk, too. Only ever added to: one row for each
-- take-over of a partition.
CREATE TABLE IF NOT EXISTS ops.revoked_fences
(
    landing_table String,
    generation UInt32,
    partition UInt16,
    fence Int64,
    revoked UInt8
)
ENGINE = Join(ANY, LEFT, landing_table, generation, partition, fence);
