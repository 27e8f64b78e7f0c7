-- How did a district do, grade by grade and subject by subject? One row for each that has scores.
--   district; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    grade,
    subject,
    n AS studentCount,
    andi_average(n, score_total, 100) AS avgScore,
    andi_percentile(sorted, 100, 0.5) AS medianScore,
    andi_percentile(sorted, 100, 0.25) AS q1Score,
    andi_percentile(sorted, 100, 0.75) AS q3Score
FROM
(
    SELECT
        grade,
        subject,
        sum(scores) AS n,
        sum(total) AS score_total,
        andi_histogram(sumMap(histogram)) AS sorted
    FROM agg.district_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND district_id = {district:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    GROUP BY grade, subject
    HAVING n > 0
)
ORDER BY grade, subject
SETTINGS max_threads = 1
