-- Is there still a file of the WAL that begins before an LSN, and which replication slot holds it?
SELECT
    EXISTS (SELECT FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name < pg_walfile_name($1)),
    (SELECT string_agg(slot_name, ', ' ORDER BY slot_name) FROM pg_replication_slots WHERE restart_lsn < $1)
