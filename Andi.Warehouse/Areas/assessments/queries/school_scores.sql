-- How did a school do, test by test and grade by grade? One row for each year, test and grade that has scores, or students without one.
--   school; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    school_year AS schoolYear,
    test_id AS testId,
    grade,
    n AS studentCount,
    exempt_count AS exemptCount,
    absent_count AS absentCount,
    invalidated_count AS invalidatedCount,
    andi_average(n, score_total, 10000) AS avgScore,
    andi_percentile(sorted, 10000, 0.5) AS medianScore,
    andi_stddev_pop(n, score_total, arraySum(entry -> toInt128(entry.2) * entry.1 * entry.1, sorted), 10000) AS scoreStdDev
FROM
(
    SELECT
        school_year,
        test_id,
        grade,
        sum(scores) AS n,
        sum(total) AS score_total,
        sum(exempt) AS exempt_count,
        sum(absent) AS absent_count,
        sum(invalidated) AS invalidated_count,
        andi_histogram(sumMap(histogram)) AS sorted
    FROM agg.school_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND school_id = {school:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    GROUP BY school_year, test_id, grade
    HAVING n > 0 OR exempt_count > 0 OR absent_count > 0 OR invalidated_count > 0
)
ORDER BY school_year, test_id, indexOf(['PK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'], grade), grade
SETTINGS max_threads = 1
