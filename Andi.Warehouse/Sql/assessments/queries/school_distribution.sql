-- How often was each score reached in a school? Ascending.
--   school; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT value / 100 AS score, sum(n) AS count
FROM agg.school_scores
ARRAY JOIN mapKeys(histogram) AS value, mapValues(histogram) AS n
WHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND school_id = {school:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
GROUP BY value
HAVING count > 0
ORDER BY value
SETTINGS max_threads = 1
