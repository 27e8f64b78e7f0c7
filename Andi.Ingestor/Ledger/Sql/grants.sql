-- What may the roles do that connect to the ledger? Run after each migration, by the owner of the tables; safe to run again. A server without these roles has
-- one for all, and nothing to grant.
DO $$
DECLARE
    relation regclass;
BEGIN
    IF to_regrole('andi_ledger') IS NULL OR to_regrole('andi_relay') IS NULL OR to_regrole('andi_analytics') IS NULL THEN
        RETURN;
    END IF;

    -- Tables of somebody else's are left alone: their owner grants.
    FOR relation IN
        SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'USAGE')
    LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO andi_ledger', relation);
        EXECUTE format('GRANT SELECT ON %s TO andi_relay, andi_analytics', relation);
    END LOOP;

    -- What callers who may not see people are told is kept by the read API.
    GRANT INSERT, UPDATE ON publications TO andi_analytics;

    -- A new generation and its topics are announced by the relay.
    GRANT INSERT ON generations, partitions TO andi_relay;
END $$;
