-- How equitable are a teacher's lessons beside those of the whole school and of the whole district? One row for the teacher, and one for each school
-- and district in which the teacher had sessions in that time: of all sessions there, the teacher's among them.
--   teacher; from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
WITH places AS
(
    SELECT school_id, district_id
    FROM agg.daily_teacher_performance
    WHERE _generation = {generation:UInt32}
        AND day >= {oldest:Date}
        AND teacher_id = {teacher:String}
        AND toStartOfMonth(day) BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY school_id, district_id
    HAVING sum(sessions) > 0
)
SELECT
    level,
    id,
    n AS sessionCount,
    andi_average(n, equity, 100) AS avgEquityScore,
    andi_percentile(sorted, 100, 0.5) AS medianEquityScore,
    andi_percentile(sorted, 100, 0.25) AS q1EquityScore,
    andi_percentile(sorted, 100, 0.75) AS q3EquityScore,
    andi_stddev_pop(n, equity, equity_sq, 100) AS equityScoreStdDev
FROM
(
    SELECT
        'teacher' AS level,
        toString(teacher_id) AS id,
        sum(sessions) AS n,
        sum(equity_total) AS equity,
        sum(equity_squares) AS equity_sq,
        andi_histogram(sumMap(equity_histogram)) AS sorted
    FROM agg.daily_teacher_performance
    WHERE _generation = {generation:UInt32}
        AND day >= {oldest:Date}
        AND teacher_id = {teacher:String}
        AND toStartOfMonth(day) BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY teacher_id
    HAVING n > 0

    UNION ALL

    SELECT
        'school' AS level,
        toString(school_id) AS id,
        sum(sessions) AS n,
        sum(equity_total) AS equity,
        sum(equity_squares) AS equity_sq,
        andi_histogram(sumMap(equity_histogram)) AS sorted
    FROM agg.weekly_school_metrics
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND school_id IN (SELECT school_id FROM places)
        AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY school_id
    HAVING n > 0

    UNION ALL

    SELECT
        'district' AS level,
        toString(district_id) AS id,
        sum(sessions) AS n,
        sum(equity_total) AS equity,
        sum(equity_squares) AS equity_sq,
        andi_histogram(sumMap(equity_histogram)) AS sorted
    FROM agg.monthly_district_trends
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND district_id IN (SELECT district_id FROM places)
        AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY district_id
    HAVING n > 0
)
ORDER BY indexOf(['teacher', 'school', 'district'], level), id
SETTINGS max_threads = 1
