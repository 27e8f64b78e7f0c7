-- The ingestor's ledger: for each partition of a change topic, who may write for it, what is being written, and how far is it applied? And which
-- generation do readers see, which dead letters are outstanding, who holds ingest? Safe to run again.
SELECT pg_advisory_xact_lock(hashtextextended('andi.ingest.schema', 0));

CREATE TABLE IF NOT EXISTS partitions
(
    topic text NOT NULL,
    partition integer NOT NULL,
    -- Fencing token: grows with every take-over.
    fence bigint NOT NULL,
    owner text NOT NULL,
    taken_at timestamptz NOT NULL,
    -- The last event that is in the warehouse, as offset and as position; -1 before the first.
    applied_offset bigint NOT NULL DEFAULT -1,
    commit_lsn pg_lsn NOT NULL DEFAULT '0/0',
    change_index bigint NOT NULL DEFAULT 0,
    -- The generation of the topic.
    generation integer NOT NULL DEFAULT 1,
    -- Whether the warehouse has a landing table for the topic; where not, its events wait in Kafka and readers need not.
    is_mapped boolean NOT NULL DEFAULT true,
    -- ClickHouse refuses rows of this and every older fencing token.
    revoked_through bigint NOT NULL DEFAULT 0,
    -- The event was a snapshot's row: more of the same point may follow, so no reader may rely on the position yet.
    in_snapshot boolean NOT NULL DEFAULT false,
    -- When that event happened at its source, and when it was applied.
    source_time timestamptz NOT NULL DEFAULT 'epoch',
    applied_at timestamptz NOT NULL DEFAULT 'epoch',
    -- Inserts confirmed so far.
    inserts bigint NOT NULL DEFAULT 0,
    -- The batch whose insert is announced but not confirmed.
    pending_first bigint NULL,
    pending_last bigint NULL,
    -- How many inserts the topic's partitions together had confirmed when the pending batch was announced: its age in inserts, which must stay far below
    -- what ClickHouse remembers of deduplication tokens.
    pending_since bigint NOT NULL DEFAULT 0,
    -- The landing table's columns when the rows of the pending batch were made: a repeat makes the same rows, whatever was migrated since.
    pending_columns text NULL,
    -- Events of the pending batch whose rows ClickHouse refuses, and why: a repeat leaves out the same, whatever ClickHouse's constraints are then.
    refused_offsets bigint[] NOT NULL DEFAULT '{}',
    refused_reasons text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (topic, partition),
    CHECK ((pending_first IS NULL) = (pending_last IS NULL)),
    CHECK (pending_first > applied_offset AND pending_last >= pending_first),
    CHECK (cardinality(refused_offsets) = cardinality(refused_reasons))
)
WITH (fillfactor = 50);

-- Of a table from before these columns. Not again at every start: it would wait for whoever reads the table.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'partitions'::regclass AND attname = 'refused_offsets') THEN
        ALTER TABLE partitions
            ADD COLUMN refused_offsets bigint[] NOT NULL DEFAULT '{}', ADD COLUMN refused_reasons text[] NOT NULL DEFAULT '{}',
            ADD CHECK (cardinality(refused_offsets) = cardinality(refused_reasons));
    END IF;
END $$;

-- Since when has the source announced a generation of the rows, do readers see it, is it frozen so that readers can switch to the next one, has it been dropped?
CREATE TABLE IF NOT EXISTS generations
(
    generation integer PRIMARY KEY,
    announced_at timestamptz NOT NULL,
    current_since timestamptz NULL,
    frozen_at timestamptz NULL,
    retired_at timestamptz NULL
);

-- The first generation exists from the beginning.
INSERT INTO generations (generation, announced_at, current_since) VALUES (1, 'epoch', 'epoch') ON CONFLICT (generation) DO NOTHING;

-- Which messages could not be ingested, and which of them have been since? The messages themselves, whole, are in the dead-letter topic.
CREATE TABLE IF NOT EXISTS dead_letters
(
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    reason text NOT NULL,
    failed_at timestamptz NOT NULL,
    replayed_at timestamptz NULL,
    -- When somebody found that nothing is missing without it, who, and why there will be no replay.
    dismissed_at timestamptz NULL,
    dismissed_by text NULL,
    dismissed_because text NULL,
    PRIMARY KEY (topic, partition, "offset")
);

-- Of a table from before there were dismissals.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'dead_letters'::regclass AND attname = 'dismissed_at') THEN
        ALTER TABLE dead_letters ADD COLUMN dismissed_at timestamptz NULL, ADD COLUMN dismissed_by text NULL, ADD COLUMN dismissed_because text NULL;
    END IF;
END $$;

-- Who keeps ingest from announcing batches for a while, to compare the stores at rest? A lease, by this database's clock.
CREATE TABLE IF NOT EXISTS holds
(
    name text PRIMARY KEY,
    holder text NOT NULL,
    expires_at timestamptz NOT NULL
);

-- From which month on do the warehouse's rows count? One row: for those who write, as what is older is in no answer.
CREATE TABLE IF NOT EXISTS retention
(
    is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
    oldest_month date NOT NULL,
    noted_at timestamptz NOT NULL
);

-- What was last told to readers who may not see single rows? Whole, in a form that only those know who read it.
CREATE TABLE IF NOT EXISTS publications
(
    topic text NOT NULL,
    key text NOT NULL,
    -- Grows by one with each publication: who would replace another one than it read is refused.
    version bigint NOT NULL,
    content bytea NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic, key)
);
