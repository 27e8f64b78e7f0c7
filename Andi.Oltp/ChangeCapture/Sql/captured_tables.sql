-- Which tables does the generation hold, each in which stay in the publication, from where on, and is its snapshot whole?
SELECT schema, "table", membership, since_lsn, completed_at IS NOT NULL, left_at IS NOT NULL, edition, files, columns
FROM andi.captured_tables WHERE generation = $1
