-- Which generations are there, and how far is each? A generation is one snapshot and the stream behind it, with a slot and topics of its own.
CREATE SCHEMA IF NOT EXISTS andi;

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
