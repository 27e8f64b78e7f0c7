-- How far is a generation; can its slot still deliver everything since its snapshot; and how many before it ended, one after the other, in their snapshots?
SELECT
    g.state,
    s.slot_name IS NOT NULL,
    coalesce(s.wal_status = 'lost' OR s.invalidation_reason IS NOT NULL, false),
    (
        SELECT count(*)::int FROM andi.generations b
        WHERE b.generation < g.generation AND b.state = 'abandoned' AND b.completed_at IS NULL
            AND NOT EXISTS (
                SELECT FROM andi.generations w WHERE w.generation BETWEEN b.generation AND g.generation - 1 AND w.completed_at IS NOT NULL)
    )
FROM andi.generations g
LEFT JOIN pg_replication_slots s ON s.slot_name = coalesce(g.slot, $2) AND s.database = current_database()
WHERE g.generation = $1
