-- Who wrote and who read what. Rows are added and never changed: an entry with the write that it tells of, its seal (its place in the hash chain) within
-- a second. No trigger holds back who may disable triggers; what such a person changes shows in the chain, which the check recomputes.
CREATE SCHEMA audit;

CREATE TABLE audit.entries (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_entries PRIMARY KEY,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    caller text NOT NULL,
    role text,
    scope text,
    token_id text,
    verb text NOT NULL,
    resource text NOT NULL,
    -- An id and its key, side by side: a random salt; where the id was erased NULL and the digest of salt and id. The hash of the chain covers digests only.
    record_ids text[] NOT NULL,
    record_keys bytea[] NOT NULL,
    subject_ids text[] NOT NULL,
    subject_keys bytea[] NOT NULL,
    row_count bigint NOT NULL,
    endpoint text NOT NULL,
    detail text,
    trace_id text,
    -- Of a read: the position of its answer. That of a write stands in the seal, as it is known after the commit only.
    read_position text,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT ck_entries_keys CHECK (cardinality(record_ids) = cardinality(record_keys) AND cardinality(subject_ids) = cardinality(subject_keys))
);

-- In the order in which entries are sealed.
CREATE INDEX ix_entries_transaction_id ON audit.entries (transaction_id, id);
CREATE INDEX ix_entries_ids ON audit.entries USING gin (subject_ids, record_ids);
CREATE INDEX ix_entries_caller ON audit.entries (caller, id);
CREATE INDEX ix_entries_recorded_at ON audit.entries USING brin (recorded_at);

CREATE TABLE audit.seals (
    sequence bigint CONSTRAINT pk_seals PRIMARY KEY,
    entry_id bigint NOT NULL CONSTRAINT uq_seals_entry_id UNIQUE,
    sealed_at timestamptz NOT NULL,
    -- Covers the commit of the entry's transaction.
    position text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only: % of %.% is refused.', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Whether nothing was done to ids but that some became the digest that the chain has of them.
CREATE FUNCTION audit.is_redaction(ids text[], keys bytea[], new_ids text[], new_keys bytea[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT cardinality(new_ids) = cardinality(ids) AND cardinality(new_keys) = cardinality(keys) AND NOT EXISTS (
        SELECT FROM unnest(ids, keys, new_ids, new_keys) AS one (id, key, new_id, new_key)
        WHERE NOT (new_id IS NOT DISTINCT FROM id AND new_key = key)
            AND NOT (id IS NOT NULL AND new_id IS NULL AND new_key = sha256(key || convert_to(id, 'UTF8'))))
$$;

CREATE FUNCTION audit.refuse_but_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed audit.entries := OLD;
BEGIN
    allowed.record_ids := NEW.record_ids;
    allowed.record_keys := NEW.record_keys;
    allowed.subject_ids := NEW.subject_ids;
    allowed.subject_keys := NEW.subject_keys;
    IF allowed IS DISTINCT FROM NEW
        OR NOT audit.is_redaction(OLD.record_ids, OLD.record_keys, NEW.record_ids, NEW.record_keys)
        OR NOT audit.is_redaction(OLD.subject_ids, OLD.subject_keys, NEW.subject_ids, NEW.subject_keys) THEN
        RAISE EXCEPTION 'The audit log is append-only: UPDATE of audit.entries is refused.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Takes ids that were erased out of the log, wherever it names them, and leaves the chain whole. Returns how many entries named one.
CREATE FUNCTION audit.redact(erased text[]) RETURNS bigint LANGUAGE sql AS $$
    WITH redacted AS (
        UPDATE audit.entries SET
            (record_ids, record_keys) = (
                SELECT coalesce(array_agg(CASE WHEN id = ANY (erased) THEN NULL ELSE id END ORDER BY place), '{}'),
                       coalesce(array_agg(CASE WHEN id = ANY (erased) THEN sha256(key || convert_to(id, 'UTF8')) ELSE key END ORDER BY place), '{}')
                FROM unnest(record_ids, record_keys) WITH ORDINALITY AS one (id, key, place)),
            (subject_ids, subject_keys) = (
                SELECT coalesce(array_agg(CASE WHEN id = ANY (erased) THEN NULL ELSE id END ORDER BY place), '{}'),
                       coalesce(array_agg(CASE WHEN id = ANY (erased) THEN sha256(key || convert_to(id, 'UTF8')) ELSE key END ORDER BY place), '{}')
                FROM unnest(subject_ids, subject_keys) WITH ORDINALITY AS one (id, key, place))
        WHERE subject_ids && erased OR record_ids && erased
        RETURNING 1)
    SELECT count(*) FROM redacted
$$;

CREATE TRIGGER entries_change BEFORE UPDATE ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse_but_redaction();
CREATE TRIGGER entries_removal BEFORE DELETE OR TRUNCATE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
CREATE TRIGGER seals_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.seals FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

COMMENT ON TABLE audit.entries IS 'append-only: who wrote and who read what';
COMMENT ON TABLE audit.seals IS 'append-only: the hash chain over the entries';
