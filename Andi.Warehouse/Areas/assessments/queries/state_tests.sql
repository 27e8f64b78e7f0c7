-- Which tests of which school years, and in which grades, have scores in a state, or students without one? A row for each, in no order.
--   state: the id.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT school_year AS schoolYear, test_id AS testId, grade
FROM agg.district_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND state_id = {state:String}
GROUP BY school_year, test_id, grade
HAVING sum(scores) > 0 OR sum(exempt) > 0 OR sum(absent) > 0 OR sum(invalidated) > 0
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
