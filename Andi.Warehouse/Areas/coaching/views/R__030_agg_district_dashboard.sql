-- How does each district do, month by month? For people who explore: one row for each district and month with sessions. The API asks
-- queries/district_trend.sql.
CREATE OR REPLACE VIEW agg.district_dashboard AS
SELECT
    measured.district_id AS district_id,
    district.name AS district_name,
    district.state_id AS state_id,
    measured.month AS month,
    active.teachers AS active_teachers,
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
        district_id,
        month,
        sum(sessions) AS n,
        sum(ciq_total) AS ciq,
        sum(equity_total) AS equity,
        sum(wait_total) AS wait,
        sum(engagement_total) AS engagement,
        sum(talk_total) AS talk,
        sum(open_questions_total) AS asked_open,
        sum(closed_questions_total) AS asked_closed,
        andi_histogram(sumMap(equity_histogram)) AS sorted
    FROM agg.monthly_district_trends_current
    GROUP BY district_id, month
    HAVING n > 0
) AS measured
LEFT JOIN
(
    SELECT district_id, month, toInt64(count()) AS teachers
    FROM
    (
        SELECT district_id, month, teacher_id
        FROM agg.weekly_teacher_activity_current
        GROUP BY district_id, month, teacher_id
        HAVING sum(sessions) > 0
    )
    GROUP BY district_id, month
) AS active ON active.district_id = measured.district_id AND active.month = measured.month
LEFT JOIN dims.districts_current AS district ON district.district_id = measured.district_id;
