-- How did a teacher's classroom do, test by test? One row per test that has scores.
--   teacher; year, test: NULL for all.
SELECT
    test_id AS testId,
    dictGetOrDefault('dims.tests_by_id', 'subject', test_id, subject_then) AS subject,
    n AS studentCount,
    andi_average(n, score_total, 100) AS avgScore,
    andi_average(n, level_total, 1) AS avgPerformanceLevel,
    andi_percentile(sorted, 100, 0.5) AS medianScore,
    sorted[1].1 / 100 AS minScore,
    sorted[-1].1 / 100 AS maxScore,
    andi_stddev_pop(n, score_total, score_squares, 100) AS scoreStdDev,
    excellentCount,
    goodCount,
    fairCount,
    needsImprovementCount
FROM
(
    SELECT
        test_id,
        max(subject) AS subject_then,
        sum(scores) AS n,
        sum(total) AS score_total,
        sum(squares) AS score_squares,
        sum(levels) AS level_total,
        sum(excellent) AS excellentCount,
        sum(good) AS goodCount,
        sum(fair) AS fairCount,
        sum(needs_improvement) AS needsImprovementCount,
        andi_histogram(sumMap(histogram)) AS sorted
    FROM agg.classroom_scores_current
    WHERE teacher_id = {teacher:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    GROUP BY test_id
    HAVING n > 0
)
ORDER BY testId
