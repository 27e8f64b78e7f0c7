-- Does somebody read slot $1, and up to where has its reader confirmed? One row; none where there is no such slot.
SELECT active, coalesce(confirmed_flush_lsn, '0/0') FROM pg_replication_slots WHERE slot_name = $1
