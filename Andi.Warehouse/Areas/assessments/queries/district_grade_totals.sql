-- How many scores do the grades of some districts have, and what is their sum in ten-thousandths? Rows as they stand, several for each grade, year and
-- test, to be added up.
--   places: the districts; years, tests, grades: all that are wanted, of whichever district.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT district_id AS id, school_year AS schoolYear, test_id AS testId, grade, scores, total
FROM agg.district_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND district_id IN {places:Array(String)}
    AND school_year IN {years:Array(String)}
    AND test_id IN {tests:Array(String)}
    AND grade IN {grades:Array(String)}
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
