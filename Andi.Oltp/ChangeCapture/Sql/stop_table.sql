-- The table is not captured whole any more, for the reason $4: its rows must be sent anew, once that is mended.
UPDATE andi.captured_tables SET completed_at = NULL, left_at = NULL, flaw = $4 WHERE generation = $1 AND schema = $2 AND "table" = $3
