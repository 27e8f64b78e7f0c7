-- Which entries should have a seal by now? Those of transactions that an older one holds back are not late.
SELECT entry.id, entry.recorded_at::text
FROM audit.entries AS entry
WHERE entry.recorded_at < clock_timestamp() - interval '1 minute'
    AND entry.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    AND NOT EXISTS (SELECT FROM audit.seals AS seal WHERE seal.entry_id = entry.id)
ORDER BY entry.id
