-- Which generations are there, and how far is each? A generation is one snapshot and the stream behind it, with a slot and topics of its own.
DO $$ BEGIN
    -- Where it is there, nobody needs to be allowed to make one.
    IF to_regnamespace('andi') IS NULL THEN
        CREATE SCHEMA andi;
    END IF;
END $$;

CREATE TABLE IF NOT EXISTS andi.generations
(
    generation integer PRIMARY KEY CHECK (generation > 0),
    -- Known once its snapshot begins.
    slot text NULL,
    -- requested: nothing has been done for it. snapshot: its rows are being sent; one that is interrupted there is abandoned. streaming: what follows is
    -- relayed. retired: readers have gone on to a newer one. abandoned: it is incomplete, and a newer one takes its place.
    state text NOT NULL CHECK (state IN ('requested', 'snapshot', 'streaming', 'retired', 'abandoned')),
    -- Its snapshot's rows stand at this LSN.
    snapshot_lsn pg_lsn NULL,
    requested_at timestamptz NOT NULL,
    started_at timestamptz NULL,
    completed_at timestamptz NULL,
    ended_at timestamptz NULL,
    -- Why it was requested; of an abandoned one, why it ended.
    reason text NULL,
    -- Of one that has ended: when its topics were deleted, or found to be more than the broker can delete.
    topics_left_at timestamptz NULL
);

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
    -- Identifies the publication's definition under which its snapshot was taken; see publication.sql.
    edition text NULL,
    -- Identify the files of its rows, and its columns' definitions, under which what was captured is right: rows that an ALTER TABLE rewrites change both.
    files text NULL,
    columns text NULL,
    -- Why it is not captured at the moment, and how that is mended; null: it is, or is about to be.
    flaw text NULL,
    PRIMARY KEY (generation, schema, "table")
);

-- Of tables from before these were noted. Not again at every start: it would wait for whoever reads the table.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'andi.captured_tables'::regclass AND attname = 'files') THEN
        ALTER TABLE andi.captured_tables ADD COLUMN IF NOT EXISTS edition text NULL, ADD COLUMN IF NOT EXISTS flaw text NULL,
            ADD COLUMN files text NULL, ADD COLUMN columns text NULL;
    END IF;
END $$;
