-- What may the roles do that connect to this database? Run after each migration, by the owner of the tables; safe to run again. A server without these roles
-- has one for all, and nothing to grant. New tables have no grants before this has run: a migration runs before what uses it.
-- A table whose comment begins with "append-only" is never changed by the write API: its rows are added and read.
DO $$
DECLARE
    place text;
    relation record;
BEGIN
    IF to_regrole('andi_oltp_api') IS NULL OR to_regrole('andi_relay') IS NULL THEN
        RETURN;
    END IF;

    FOR place IN
        SELECT nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'andi', 'migrations')
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO andi_oltp_api, andi_relay', place);
        EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO andi_oltp_api', place);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO andi_relay', place);
    END LOOP;

    FOR relation IN
        SELECT c.oid::regclass AS name, coalesce(obj_description(c.oid, 'pg_class') LIKE 'append-only%', false) AS only_grows
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'andi', 'migrations')
    LOOP
        EXECUTE format(
            'GRANT %s ON %s TO andi_oltp_api', CASE WHEN relation.only_grows THEN 'SELECT, INSERT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END, relation.name);
    END LOOP;

    -- The relay's own tables; it makes them itself.
    IF to_regnamespace('andi') IS NULL THEN
        CREATE SCHEMA andi;
        GRANT USAGE, CREATE ON SCHEMA andi TO andi_relay;
    END IF;
END $$;
