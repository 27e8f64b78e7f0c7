-- A table's snapshot begins, maybe not for the first time. An older one, of a relay that had stalled, does not come after it.
INSERT INTO andi.captured_tables AS known (generation, schema, "table", membership, since_lsn, edition, files, columns)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (generation, schema, "table") DO UPDATE
SET membership = excluded.membership, since_lsn = excluded.since_lsn, completed_at = NULL, left_at = NULL,
    edition = excluded.edition, files = excluded.files, columns = excluded.columns, flaw = NULL
WHERE known.since_lsn < excluded.since_lsn
