-- Which sessions does PostgreSQL have that do or wait for something?
SELECT concat_ws(' | ', pid, datname, backend_type, state, wait_event_type, wait_event, now() - xact_start, left(regexp_replace(query, '\s+', ' ', 'g'), 200))
FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND (state IS NULL OR state <> 'idle')
