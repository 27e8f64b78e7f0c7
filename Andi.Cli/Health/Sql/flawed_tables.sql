-- Which tables should be captured and are not, and why?
SELECT DISTINCT c.schema || '.' || c."table", c.flaw
FROM andi.captured_tables AS c
JOIN andi.generations AS g USING (generation)
WHERE c.flaw IS NOT NULL AND g.state IN ('snapshot', 'streaming')
ORDER BY 1
