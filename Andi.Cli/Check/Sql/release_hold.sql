-- Ingest goes on.
DELETE FROM holds WHERE name = $1 AND holder = $2
