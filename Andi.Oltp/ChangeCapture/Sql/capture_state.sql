-- Is there a complete generation, and can its slot still deliver everything since?
SELECT
    state.generation,
    state.completed_at IS NOT NULL,
    slot.slot_name IS NOT NULL,
    coalesce(slot.wal_status = 'lost' OR slot.invalidation_reason IS NOT NULL, false),
    coalesce(slot.active, false)
FROM (SELECT $1::text AS name) AS asked
LEFT JOIN andi.change_capture AS state ON state.slot = asked.name
LEFT JOIN pg_replication_slots AS slot ON slot.slot_name = asked.name
