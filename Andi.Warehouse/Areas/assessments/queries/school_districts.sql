-- Of which districts are a school's scores, and of which years? A row for each district and year, in no order.
--   school; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT district_id AS districtId, school_year AS schoolYear
FROM agg.school_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND school_id = {school:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
GROUP BY district_id, school_year
HAVING sum(scores) > 0
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
