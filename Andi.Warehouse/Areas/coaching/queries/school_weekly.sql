-- How do the lessons of a school go, week by week, and how many teachers had any? A week is named by its Monday; one row for each week with sessions.
-- Teachers are of all subjects and grades.
--   school; from, to: the weeks of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    measured.week AS week,
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
    andi_average(asked_open + asked_closed, asked_open, 1) AS openQuestionShare
FROM
(
    SELECT
        week,
        sum(sessions) AS n,
        sum(seconds_total) AS seconds,
        sum(students_total) AS students,
        sum(ciq_total) AS ciq,
        sum(ciq_squares) AS ciq_sq,
        sum(equity_total) AS equity,
        sum(wait_total) AS wait,
        sum(engagement_total) AS engagement,
        sum(talk_total) AS talk,
        sum(open_questions_total) AS asked_open,
        sum(closed_questions_total) AS asked_closed,
        andi_histogram(sumMap(equity_histogram)) AS sorted
    FROM agg.weekly_school_metrics
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND school_id = {school:String}
        AND week BETWEEN toMonday({from:Date}) AND toMonday({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY week
    HAVING n > 0
) AS measured
LEFT JOIN
(
    SELECT week, toInt64(count()) AS teachers
    FROM
    (
        SELECT week, teacher_id
        FROM agg.weekly_teacher_activity
        WHERE _generation = {generation:UInt32}
            AND month >= {oldest:Date}
            AND school_id = {school:String}
            AND week BETWEEN toMonday({from:Date}) AND toMonday({to:Date})
        GROUP BY week, teacher_id
        HAVING sum(sessions) > 0
    )
    GROUP BY week
) AS active ON active.week = measured.week
ORDER BY measured.week
SETTINGS join_use_nulls = 1, max_threads = 1
