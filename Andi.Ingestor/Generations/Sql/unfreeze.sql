-- The generation goes on: the one after it did not come as far in time, or whoever kept it still is gone.
UPDATE generations SET frozen_at = NULL WHERE generation = $1 AND frozen_at IS NOT NULL
