-- How far has a teacher come? All sessions together, the last month that has some beside the first one, and how many points the CIQ score rises in a
-- week (least squares over all sessions, by their days). No row: no session.
--   teacher; from, to: the first and the last day.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
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
    first_day AS firstDay,
    last_day AS lastDay,
    andi_average(late.1, late.2, 100) - andi_average(early.1, early.2, 100) AS ciqScoreChange,
    andi_average(late.1, late.3, 100) - andi_average(early.1, early.3, 100) AS equityScoreChange,
    andi_average(late.1, late.4, 100) - andi_average(early.1, early.4, 100) AS waitTimeSecondsChange,
    andi_average(late.1, late.5, 100) - andi_average(early.1, early.5, 100) AS studentEngagementChange,
    if(toInt256(n) * days_sq > toInt256(days) * days,
        7 * toFloat64(toInt256(n) * days_ciq - toInt256(days) * ciq) / (100 * toFloat64(toInt256(n) * days_sq - toInt256(days) * days)),
        NULL) AS ciqScorePerWeek
FROM
(
    SELECT
        sum(in_month.n) AS n,
        sum(in_month.seconds) AS seconds,
        sum(in_month.students) AS students,
        sum(in_month.ciq) AS ciq,
        sum(in_month.ciq_sq) AS ciq_sq,
        sum(in_month.equity) AS equity,
        sum(in_month.wait) AS wait,
        sum(in_month.engagement) AS engagement,
        sum(in_month.talk) AS talk,
        sum(in_month.asked_open) AS asked_open,
        sum(in_month.asked_closed) AS asked_closed,
        andi_histogram(sumMap(in_month.counts)) AS sorted,
        min(in_month.first_day) AS first_day,
        max(in_month.last_day) AS last_day,
        argMin((in_month.n, in_month.ciq, in_month.equity, in_month.wait, in_month.engagement), in_month.month) AS early,
        argMax((in_month.n, in_month.ciq, in_month.equity, in_month.wait, in_month.engagement), in_month.month) AS late,
        sum(in_month.days) AS days,
        sum(in_month.days_sq) AS days_sq,
        sum(in_month.days_ciq) AS days_ciq
    FROM
    (
        SELECT
            toStartOfMonth(on_day.day) AS month,
            sum(on_day.n) AS n,
            sum(on_day.seconds) AS seconds,
            sum(on_day.students) AS students,
            sum(on_day.ciq) AS ciq,
            sum(on_day.ciq_sq) AS ciq_sq,
            sum(on_day.equity) AS equity,
            sum(on_day.wait) AS wait,
            sum(on_day.engagement) AS engagement,
            sum(on_day.talk) AS talk,
            sum(on_day.asked_open) AS asked_open,
            sum(on_day.asked_closed) AS asked_closed,
            sumMap(on_day.counts) AS counts,
            min(on_day.day) AS first_day,
            max(on_day.day) AS last_day,
            sum(on_day.n * toInt64(toInt32(on_day.day))) AS days,
            sum(on_day.n * toInt64(toInt32(on_day.day)) * toInt64(toInt32(on_day.day))) AS days_sq,
            sum(on_day.ciq * toInt64(toInt32(on_day.day))) AS days_ciq
        FROM
        (
            SELECT
                day,
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
                sumMap(equity_histogram) AS counts
            FROM agg.daily_teacher_performance
            WHERE _generation = {generation:UInt32}
                AND day >= {oldest:Date}
                AND teacher_id = {teacher:String}
                AND day BETWEEN {from:Date} AND {to:Date}
                AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
                AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
            GROUP BY day
            HAVING n > 0
        ) AS on_day
        GROUP BY month
    ) AS in_month
    HAVING n > 0
)
SETTINGS max_threads = 1
