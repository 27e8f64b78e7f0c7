-- Which districts of a state have scores, and of which years? A row for each district and year, in no order.
--   state; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT district_id AS districtId, school_year AS schoolYear
FROM agg.district_score_bands
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND state_id = {state:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
GROUP BY district_id, school_year
HAVING sum(scores) > 0
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
