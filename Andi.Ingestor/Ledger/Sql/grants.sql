-- What may the roles do that connect to the ledger? Run after each migration, by the owner of the tables; safe to run again. A server without these roles has
-- one for all, and nothing to grant.
DO $$ BEGIN
    IF to_regrole('andi_ledger') IS NULL OR to_regrole('andi_relay') IS NULL OR to_regrole('andi_analytics') IS NULL THEN
        RETURN;
    END IF;

    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO andi_ledger;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO andi_relay, andi_analytics;
    -- A new generation and its topics are announced by the relay.
    GRANT INSERT ON generations, partitions TO andi_relay;
END $$;
