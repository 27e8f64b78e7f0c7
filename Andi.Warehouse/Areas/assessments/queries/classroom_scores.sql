-- How did a teacher's classroom do? Rows as they stand: a handful for each year and test, by grade, month and insert, to be added up. counts says which
-- score, in ten-thousandths, was reached how often; leveled and levels are how many have a performance level and the sum of these; all else follows
-- (ScoreCounts.cs). Added up and worked out by the reader, as a GROUP BY takes the engine longer than finding the rows. PREWHERE, as the engine needs not
-- find out then what to read first; in one step, as the columns are small.
--   teacher; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT school_year AS schoolYear, test_id AS testId, leveled, levels, exempt, absent, invalidated, histogram AS counts
FROM agg.classroom_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND teacher_id = {teacher:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
