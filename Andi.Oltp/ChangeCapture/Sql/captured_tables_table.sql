-- Which tables does a generation hold, and from where on does each one's stream count?
CREATE TABLE IF NOT EXISTS andi.captured_tables
(
    generation integer NOT NULL REFERENCES andi.generations,
    schema text NOT NULL,
    "table" text NOT NULL,
    -- Its stay in the publication: a table that left and came back has another one, and needs a new snapshot.
    membership oid NOT NULL,
    -- What committed below is in the snapshot of the table; the stream's events of it are dropped.
    since_lsn pg_lsn NOT NULL,
    -- When that snapshot was in Kafka as a whole. Null: it must be taken again.
    completed_at timestamptz NULL,
    -- When it left the publication. Its topic keeps getting heartbeats, for nothing is missing there.
    left_at timestamptz NULL,
    PRIMARY KEY (generation, schema, "table")
);
