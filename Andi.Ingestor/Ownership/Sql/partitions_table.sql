-- For each partition of a change topic: who may write for it, what is being written, how far is it applied?
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
    generation integer NOT NULL DEFAULT 0,
    -- The event was a snapshot's row: more of the same point may follow, so no reader may rely on the position yet.
    in_snapshot boolean NOT NULL DEFAULT false,
    -- When that event happened at its source, and when it was applied.
    source_time timestamptz NOT NULL DEFAULT 'epoch',
    applied_at timestamptz NOT NULL DEFAULT 'epoch',
    -- The batch whose insert is announced but not confirmed.
    pending_first bigint NULL,
    pending_last bigint NULL,
    PRIMARY KEY (topic, partition),
    CHECK ((pending_first IS NULL) = (pending_last IS NULL)),
    CHECK (pending_first > applied_offset AND pending_last >= pending_first)
)
WITH (fillfactor = 50);
