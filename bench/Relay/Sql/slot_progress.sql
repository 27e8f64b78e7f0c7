-- Which server process sends from slot $1, 0 where nobody reads it, and up to where has its reader confirmed? One row; none where there is no such slot.
SELECT coalesce(active_pid, 0), coalesce(confirmed_flush_lsn, '0/0') FROM pg_replication_slots WHERE slot_name = $1
