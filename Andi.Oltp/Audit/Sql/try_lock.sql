-- May this session seal? One at a time, until the transaction's end.
SELECT pg_try_advisory_xact_lock(hashtextextended('andi.audit.seal', 0))
