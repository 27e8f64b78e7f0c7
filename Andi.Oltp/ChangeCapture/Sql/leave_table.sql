-- The table is no longer in the publication.
UPDATE andi.captured_tables SET left_at = coalesce(left_at, $4), completed_at = NULL WHERE generation = $1 AND schema = $2 AND "table" = $3
