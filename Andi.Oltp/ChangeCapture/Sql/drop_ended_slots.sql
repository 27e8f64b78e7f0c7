-- Slots of generations that have ended hold WAL back for nobody. One that is still being read from is left to the next try.
SELECT s.slot_name::text, pg_drop_replication_slot(s.slot_name)
FROM pg_replication_slots s
JOIN andi.generations g ON g.slot = s.slot_name
WHERE s.database = current_database() AND NOT s.active AND g.state IN ('retired', 'abandoned')
    AND NOT EXISTS (SELECT FROM andi.generations l WHERE l.slot = s.slot_name AND l.state NOT IN ('retired', 'abandoned'))
