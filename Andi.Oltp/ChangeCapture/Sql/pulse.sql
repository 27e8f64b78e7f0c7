-- Marks the present end of the WAL with an empty message where anything was written since position $1, so that heartbeats can say "nothing of yours
-- up to here". Flushed at once: the slot's reader is only sent what is on disk.
SELECT CASE WHEN pg_current_wal_insert_lsn() > $1 THEN pg_logical_emit_message(false, 'andi.heartbeat', '', true) END
