-- Begins a generation of the slot: the first one is 1.
INSERT INTO andi.change_capture AS state (slot, generation, started_at)
VALUES ($1, 1, $2)
ON CONFLICT (slot) DO UPDATE
SET generation = state.generation + 1, snapshot_lsn = NULL, started_at = excluded.started_at, completed_at = NULL
RETURNING generation
