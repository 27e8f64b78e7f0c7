-- Which generations are to be relayed?
SELECT generation FROM andi.generations WHERE state IN ('requested', 'snapshot', 'streaming') ORDER BY generation
