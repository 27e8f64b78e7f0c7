-- How many scores do some classrooms have in each school, and what is their sum in ten-thousandths? Rows as they stand, several for each school, year and
-- test, to be added up.
--   places: the teachers; years, tests: all that are wanted, of whichever classroom.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT teacher_id AS teacherId, school_id AS schoolId, school_year AS schoolYear, test_id AS testId, scores, total
FROM agg.classroom_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND teacher_id IN {places:Array(String)}
    AND school_year IN {years:Array(String)}
    AND test_id IN {tests:Array(String)}
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
