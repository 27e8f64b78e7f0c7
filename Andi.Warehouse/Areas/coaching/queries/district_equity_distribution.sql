-- How often was each equity score reached in a district? Ascending.
--   district; from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT value / 100 AS score, sum(n) AS count
FROM agg.monthly_district_trends
ARRAY JOIN mapKeys(equity_histogram) AS value, mapValues(equity_histogram) AS n
WHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND district_id = {district:String}
    AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
    AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
    AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
GROUP BY value
HAVING count > 0
ORDER BY value
SETTINGS max_threads = 1
