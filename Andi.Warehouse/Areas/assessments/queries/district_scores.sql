-- How did a district do, test by test and grade by grade? One row for each year, test and grade that has scores, or students without one.
--   district; year, test: NULL for all.
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
    andi_percentile(sorted, 10000, 0.25) AS q1Score,
    andi_percentile(sorted, 10000, 0.75) AS q3Score
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
    FROM agg.district_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND district_id = {district:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    GROUP BY school_year, test_id, grade
    HAVING n > 0 OR exempt_count > 0 OR absent_count > 0 OR invalidated_count > 0
)
ORDER BY school_year, test_id, indexOf(['PK', 'K', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'], grade), grade
SETTINGS max_threads = 1
