-- Who was erased here, or in a system that was restored into this one: what a restore replays. Neither ids nor names: a digest, keyed by random bytes that
-- stand beside it, recognises an id and tells none.
--   row_key: of the row that stands for the person where the scores stay; null where they went.   finished_at: null while something is left to do.
CREATE SCHEMA IF NOT EXISTS andi;
CREATE TABLE IF NOT EXISTS andi.erasures
(
    person text NOT NULL,
    digest bytea NOT NULL,
    digest_key bytea NOT NULL,
    row_key text,
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    PRIMARY KEY (digest, digest_key)
);
