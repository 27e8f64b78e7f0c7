-- Keep a generation still: nothing more of it is announced or moved on.
UPDATE generations SET frozen_at = coalesce(frozen_at, $2) WHERE generation = $1
