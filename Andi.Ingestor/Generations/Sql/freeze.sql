-- Freeze a generation: none of its batches is announced and none of its partitions moves on.
UPDATE generations SET frozen_at = coalesce(frozen_at, $2) WHERE generation = $1
