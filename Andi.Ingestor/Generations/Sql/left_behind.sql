-- Which generations did readers leave behind at least $1 ago, and still have rows or a ledger?
SELECT generation
FROM generations
WHERE retired_at IS NULL
    AND generation < (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL)
    AND (SELECT current_since FROM generations WHERE current_since IS NOT NULL ORDER BY generation DESC LIMIT 1) <= $1
ORDER BY generation
