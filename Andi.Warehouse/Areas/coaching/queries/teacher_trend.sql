-- How does a teacher's work develop, day by day? One row for each day with sessions, and beside the day the average of the 28 days up to it, of those
-- asked for.
--   teacher; from, to: the first and the last day.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    day,
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
    andi_average(n_28, ciq_28, 100) AS avgCiqScore28Days
FROM
(
    SELECT
        *,
        sum(n) OVER (ORDER BY day_number ASC RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS n_28,
        sum(ciq) OVER (ORDER BY day_number ASC RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS ciq_28
    FROM
    (
        SELECT
            day,
            toInt32(day) AS day_number,
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
        FROM agg.daily_teacher_performance
        WHERE _generation = {generation:UInt32}
            AND day >= {oldest:Date}
            AND teacher_id = {teacher:String}
            AND day BETWEEN {from:Date} AND {to:Date}
            AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
            AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
        GROUP BY day
        HAVING n > 0
    )
)
ORDER BY day
SETTINGS max_threads = 1
