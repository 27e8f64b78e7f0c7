-- In the ledger: generation $1 and its topics are about to send. Nothing is noted where readers have gone on to a newer generation; then the answer is false.
WITH newer AS (SELECT 1 FROM generations WHERE generation > $1 AND current_since IS NOT NULL),
generation AS
(
    INSERT INTO generations (generation, announced_at) SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM newer)
    ON CONFLICT (generation) DO NOTHING
),
announced AS
(
    INSERT INTO partitions (topic, partition, generation, fence, owner, taken_at, commit_lsn, change_index)
    SELECT t.topic, p.partition, $1, 0, '', $2, $5, $6
    FROM unnest($3::text[], $4::int[]) AS t (topic, partitions), generate_series(0, t.partitions - 1) AS p (partition)
    WHERE NOT EXISTS (SELECT FROM newer)
    ON CONFLICT (topic, partition) DO NOTHING
)
SELECT NOT EXISTS (SELECT FROM newer)
