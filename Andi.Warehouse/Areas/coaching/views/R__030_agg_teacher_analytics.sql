-- How does each teacher do, over all sessions that count? For people who explore: one row for each teacher with sessions. The API asks queries/teacher_*.sql.
CREATE OR REPLACE VIEW agg.teacher_analytics AS
SELECT
    measured.teacher_id AS teacher_id,
    teacher.name AS teacher_name,
    teacher.school_id AS school_id,
    first_day,
    last_day,
    n AS sessions,
    andi_average(n, ciq, 100) AS avg_ciq_score,
    andi_average(n, equity, 100) AS avg_equity_score,
    andi_percentile(sorted, 100, 0.5) AS median_equity_score,
    andi_average(n, wait, 100) AS avg_wait_time_seconds,
    andi_average(n, engagement, 100) AS avg_student_engagement,
    andi_average(n, talk, 10000) AS avg_teacher_talk_ratio,
    andi_average(asked_open + asked_closed, asked_open, 1) AS open_question_share
FROM
(
    SELECT
        teacher_id,
        minIf(day, day_sessions > 0) AS first_day,
        maxIf(day, day_sessions > 0) AS last_day,
        sum(day_sessions) AS n,
        sum(day_ciq) AS ciq,
        sum(day_equity) AS equity,
        sum(day_wait) AS wait,
        sum(day_engagement) AS engagement,
        sum(day_talk) AS talk,
        sum(day_open) AS asked_open,
        sum(day_closed) AS asked_closed,
        andi_histogram(sumMap(day_counts)) AS sorted
    FROM
    (
        SELECT
            teacher_id,
            day,
            sum(sessions) AS day_sessions,
            sum(ciq_total) AS day_ciq,
            sum(equity_total) AS day_equity,
            sum(wait_total) AS day_wait,
            sum(engagement_total) AS day_engagement,
            sum(talk_total) AS day_talk,
            sum(open_questions_total) AS day_open,
            sum(closed_questions_total) AS day_closed,
            sumMap(equity_histogram) AS day_counts
        FROM agg.daily_teacher_performance_current
        GROUP BY teacher_id, day
    )
    GROUP BY teacher_id
    HAVING n > 0
) AS measured
LEFT JOIN dims.teachers_current AS teacher ON teacher.teacher_id = measured.teacher_id;
