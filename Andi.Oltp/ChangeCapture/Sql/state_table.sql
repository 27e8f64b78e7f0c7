-- How far has the capture of a slot come: which generation of snapshot is the warehouse fed from, and is that snapshot complete?
-- A snapshot that was interrupted is not continued (its slot's snapshot is gone): the next one is a new generation.
CREATE SCHEMA IF NOT EXISTS andi;

CREATE TABLE IF NOT EXISTS andi.change_capture
(
    slot text PRIMARY KEY,
    generation integer NOT NULL,
    snapshot_lsn pg_lsn NULL,
    started_at timestamptz NOT NULL,
    completed_at timestamptz NULL
);
