-- The table's definition is another one, under which what was captured of it is as right as before.
UPDATE andi.captured_tables SET edition = $4, files = $5, columns = $6 WHERE generation = $1 AND schema = $2 AND "table" = $3
