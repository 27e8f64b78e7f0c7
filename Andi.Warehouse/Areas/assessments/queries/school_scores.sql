-- How did a school do, grade by grade and subject by subject? One row for each that has scores.
--   school; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    grade,
    subject,
    n AS studentCount,
    andi_average(n, score_total, 100) AS avgScore,
    andi_percentile(sorted, 100, 0.5) AS medianScore,
    andi_stddev_pop(n, score_total, score_squares, 100) AS scoreStdDev
FROM
(
    SELECT
        grade,
        subject,
        sum(scores) AS n,
        sum(total) AS score_total,
        sum(squares) AS score_squares,
        andi_histogram(sumMap(histogram)) AS sorted
    FROM agg.school_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND school_id = {school:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    GROUP BY grade, subject
    HAVING n > 0
)
ORDER BY grade, subject
SETTINGS max_threads = 1
