-- Announce the insert of a batch. fenced: the partition belongs to another owner, or another batch is under way. held: not now, because somebody compares the
-- stores at rest, because readers are going over to the next generation, or because another batch of the topic has been pending for so many inserts that
-- ClickHouse could forget its token. Announcing the same batch again changes nothing and is never held: it has to be finished.
WITH progress AS
(
    SELECT sum(inserts) AS inserts, min(pending_since) FILTER (WHERE pending_first IS NOT NULL) AS oldest_pending
    FROM partitions
    WHERE topic = $1
),
held AS
(
    SELECT
        EXISTS (SELECT FROM holds WHERE expires_at > clock_timestamp())
        OR EXISTS (SELECT FROM generations WHERE generation = $7 AND frozen_at IS NOT NULL)
        OR coalesce(inserts - oldest_pending >= $6, false) AS is_held,
        inserts
    FROM progress
),
declared AS
(
    UPDATE partitions AS p
    SET pending_first = $4, pending_last = $5, pending_since = CASE WHEN p.pending_first IS NULL THEN held.inserts ELSE p.pending_since END,
        pending_columns = CASE WHEN p.pending_first IS NULL THEN $8 ELSE p.pending_columns END
    FROM held
    WHERE p.topic = $1 AND p.partition = $2 AND p.fence = $3
        AND ((p.pending_first IS NULL AND NOT held.is_held) OR (p.pending_first = $4 AND p.pending_last = $5))
    RETURNING 1
)
SELECT
    CASE
        WHEN EXISTS (SELECT FROM declared) THEN 'declared'
        WHEN EXISTS (SELECT FROM partitions WHERE topic = $1 AND partition = $2 AND fence = $3 AND pending_first IS NULL)
            AND (SELECT is_held FROM held) THEN 'held'
        ELSE 'fenced'
    END
