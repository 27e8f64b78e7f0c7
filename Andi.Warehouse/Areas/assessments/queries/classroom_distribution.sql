-- Which scores, in ten-thousandths, were reached in a classroom, and how often? Rows as they stand: a score may come more than once, and with a count of
-- 0 or less; they add up (ScoreDistribution.cs). Added up by the reader, as a GROUP BY takes the engine longer than finding the rows.
--   teacher; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT school_year, test_id, histogram
FROM agg.classroom_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND teacher_id = {teacher:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
