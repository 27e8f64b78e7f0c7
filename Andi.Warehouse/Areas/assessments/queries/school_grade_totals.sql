-- How many scores do the grades of some schools have, and what is their sum in ten-thousandths? Rows as they stand, several for each grade, year and test,
-- to be added up.
--   places: the schools; years, tests, grades: all that are wanted, of whichever school.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT school_id AS id, school_year AS schoolYear, test_id AS testId, grade, scores, total
FROM agg.school_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND school_id IN {places:Array(String)}
    AND school_year IN {years:Array(String)}
    AND test_id IN {tests:Array(String)}
    AND grade IN {grades:Array(String)}
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
