-- Whose topics may be deleted: tables of generations that have ended, up to $1, the last that nothing reads any more?
SELECT g.generation, t.schema, t."table"
FROM andi.generations g
LEFT JOIN andi.captured_tables t ON t.generation = g.generation
WHERE g.state IN ('retired', 'abandoned') AND g.topics_left_at IS NULL AND g.generation <= $1
ORDER BY 1
