-- Are all rows of the table in Kafka, since it joined the publication?
SELECT EXISTS
(
    SELECT
    FROM andi.captured_tables AS t
    JOIN andi.generations AS g USING (generation)
    JOIN pg_publication AS b ON b.pubname = $1
    JOIN pg_publication_rel AS r ON r.prpubid = b.oid AND r.prrelid = to_regclass($2)
    WHERE t.membership = r.oid AND t.completed_at IS NOT NULL AND g.state = 'streaming'
)
