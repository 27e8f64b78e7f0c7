-- The announced batch is in the warehouse: record the progress, its dead letters, and those of earlier batches that it has settled or failed to settle.
WITH applied AS
(
    UPDATE partitions
    SET applied_offset = $4, commit_lsn = $5::pg_lsn, change_index = $6, source_time = $7, in_snapshot = $8, applied_at = $9, inserts = inserts + $10,
        pending_first = NULL, pending_last = NULL, pending_columns = NULL, refused_offsets = '{}', refused_reasons = '{}'
    WHERE topic = $1 AND partition = $2 AND fence = $3 AND pending_last = $4
    RETURNING 1
),
failed AS
(
    INSERT INTO dead_letters AS d (topic, partition, "offset", reason, failed_at, replayed_at)
    SELECT $1, $2, letter, reason, $9, CASE WHEN letter = ANY ($13) THEN $9 END
    FROM applied, unnest($11, $12) AS letters (letter, reason)
    ON CONFLICT (topic, partition, "offset") DO UPDATE
    SET reason = excluded.reason, failed_at = excluded.failed_at, replayed_at = excluded.replayed_at
),
replayed AS
(
    UPDATE dead_letters SET replayed_at = $9
    FROM applied
    WHERE topic = $1 AND partition = $2 AND "offset" = ANY ($13) AND "offset" != ALL ($11)
)
SELECT count(*) FROM applied
