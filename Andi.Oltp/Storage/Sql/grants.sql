-- What may the roles do that connect to this database? Run after each migration, by the owner of the tables; safe to run again. A server without these roles
-- has one for all, and nothing to grant. New tables have no grants before this has run: a migration runs before what uses it.
-- Tables of somebody else's are left alone: their owner grants.
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
        WHERE nspname NOT LIKE 'pg\_%' AND nspname NOT IN ('information_schema', 'andi', 'migrations') AND pg_has_role(nspowner, 'USAGE')
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO andi_oltp_api, andi_relay', place);
    END LOOP;

    FOR relation IN
        SELECT c.oid::regclass AS name, c.relkind, coalesce(obj_description(c.oid, 'pg_class') LIKE 'append-only%', false) AS only_grows
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_has_role(c.relowner, 'USAGE')
            AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', 'andi', 'migrations')
    LOOP
        IF relation.relkind = 'S' THEN
            EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO andi_oltp_api', relation.name);
            CONTINUE;
        END IF;

        EXECUTE format('GRANT SELECT ON %s TO andi_relay', relation.name);
        EXECUTE format(
            'GRANT %s ON %s TO andi_oltp_api', CASE WHEN relation.only_grows THEN 'SELECT, INSERT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END, relation.name);
    END LOOP;

    -- The read API notes whose rows it answers, and shows the log.
    IF to_regrole('andi_analytics') IS NOT NULL THEN
        GRANT USAGE ON SCHEMA audit TO andi_analytics;
        GRANT SELECT, INSERT ON audit.entries TO andi_analytics;
        GRANT SELECT ON audit.seals TO andi_analytics;
    END IF;

    -- The relay's own tables; it makes them itself.
    IF to_regnamespace('andi') IS NULL THEN
        CREATE SCHEMA andi;
        GRANT USAGE, CREATE ON SCHEMA andi TO andi_relay;
    END IF;
END $$;
