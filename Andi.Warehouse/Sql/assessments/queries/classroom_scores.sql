-- How did a teacher's classroom do, test by test? One row per test that has or had scores: counts says which score, in hundredths, was reached how often, levels sums up
-- the performance levels; all else follows from these (ScoreCounts.cs). Computed there, as working it out in here takes the engine longer than finding it.
--   teacher; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    test_id AS testId,
    max(subject) AS subject,
    sum(levels) AS levels,
    sumMap(histogram) AS counts
FROM agg.classroom_scores
WHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND teacher_id = {teacher:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
GROUP BY test_id
ORDER BY test_id
SETTINGS max_threads = 1
