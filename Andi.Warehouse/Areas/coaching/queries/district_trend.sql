-- How do the lessons of a district develop, month by month, and how many teachers had any? One row for each month with sessions. Teachers are of all
-- subjects and grades.
--   district; from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    measured.month AS month,
    ifNull(active.teachers, 0) AS activeTeachers,
    n AS sessionCount,
    seconds / 60 AS totalMinutes,
    andi_average(n, students, 1) AS avgStudentCount,
    andi_average(n, ciq, 100) AS avgCiqScore,
    andi_stddev_pop(n, ciq, ciq_sq, 100) AS ciqScoreStdDev,
    andi_average(n, equity, 100) AS avgEquityScore,
    andi_percentile(sorted, 100, 0.5) AS medianEquityScore,
    andi_average(n, wait, 100) AS avgWaitTimeSeconds,
    andi_average(n, engagement, 100) AS avgStudentEngagement,
    andi_average(n, talk, 10000) AS avgTeacherTalkRatio,
    andi_average(asked_open + asked_closed, asked_open, 1) AS openQuestionShare,
    andi_correlation(n, engagement, engagement_sq, ciq, ciq_sq, engagement_ciq) AS engagementCiqCorrelation,
    andi_correlation(n, engagement, engagement_sq, wait, wait_sq, engagement_wait) AS engagementWaitTimeCorrelation
FROM
(
    SELECT
        month,
        sum(sessions) AS n,
        sum(seconds_total) AS seconds,
        sum(students_total) AS students,
        sum(ciq_total) AS ciq,
        sum(ciq_squares) AS ciq_sq,
        sum(equity_total) AS equity,
        sum(wait_total) AS wait,
        sum(wait_squares) AS wait_sq,
        sum(engagement_total) AS engagement,
        sum(engagement_squares) AS engagement_sq,
        sum(talk_total) AS talk,
        sum(open_questions_total) AS asked_open,
        sum(closed_questions_total) AS asked_closed,
        sum(engagement_by_ciq) AS engagement_ciq,
        sum(engagement_by_wait) AS engagement_wait,
        andi_histogram(sumMap(equity_histogram)) AS sorted
    FROM agg.monthly_district_trends
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND district_id = {district:String}
        AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY month
    HAVING n > 0
) AS measured
LEFT JOIN
(
    SELECT month, toInt64(count()) AS teachers
    FROM
    (
        SELECT month, teacher_id
        FROM agg.weekly_teacher_activity
        WHERE _generation = {generation:UInt32}
            AND month >= {oldest:Date}
            AND district_id = {district:String}
            AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        GROUP BY month, teacher_id
        HAVING sum(sessions) > 0
    )
    GROUP BY month
) AS active ON active.month = measured.month
ORDER BY measured.month
SETTINGS join_use_nulls = 1, max_threads = 1
