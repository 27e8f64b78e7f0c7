-- How equitable are the lessons of each school of a district, beside the whole district? One row for each school with sessions, by id; difference is
-- the school's average less the district's.
--   district; from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    toString(compared.school_id) AS id,
    named.name AS name,
    n AS sessionCount,
    andi_average(n, equity, 100) AS avgEquityScore,
    andi_percentile(sorted, 100, 0.5) AS medianEquityScore,
    andi_percentile(sorted, 100, 0.25) AS q1EquityScore,
    andi_percentile(sorted, 100, 0.75) AS q3EquityScore,
    andi_stddev_pop(n, equity, equity_sq, 100) AS equityScoreStdDev,
    avgEquityScore - andi_average(all_n, all_equity, 100) AS difference
FROM
(
    SELECT *, sum(n) OVER () AS all_n, sum(equity) OVER () AS all_equity
    FROM
    (
        SELECT
            school_id,
            sum(sessions) AS n,
            sum(equity_total) AS equity,
            sum(equity_squares) AS equity_sq,
            andi_histogram(sumMap(equity_histogram)) AS sorted
        FROM agg.weekly_school_metrics
        WHERE _generation = {generation:UInt32}
            AND month >= {oldest:Date}
            AND district_id = {district:String}
            AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
            AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
            AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
        GROUP BY school_id
        HAVING n > 0
    )
) AS compared
LEFT JOIN
(
    SELECT school_id, name
    FROM dims.schools FINAL
    WHERE _generation = {generation:UInt32}
) AS named ON named.school_id = compared.school_id
ORDER BY id
SETTINGS join_use_nulls = 1, max_threads = 1
