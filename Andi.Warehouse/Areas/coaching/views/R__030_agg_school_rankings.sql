-- Which schools do best, in their district and altogether, by the average CIQ score of all sessions that count? For people who explore: one row for
-- each school with sessions.
-- The API asks queries/school_comparison.sql.
CREATE OR REPLACE VIEW agg.school_rankings AS
SELECT
    *,
    rank() OVER (ORDER BY assumeNotNull(avg_ciq_score) DESC) AS rank_overall,
    rank() OVER (PARTITION BY district_id ORDER BY assumeNotNull(avg_ciq_score) DESC) AS rank_in_district
FROM
(
    SELECT
        measured.school_id AS school_id,
        school.name AS school_name,
        school.district_id AS district_id,
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
            school_id,
            sum(sessions) AS n,
            sum(ciq_total) AS ciq,
            sum(equity_total) AS equity,
            sum(wait_total) AS wait,
            sum(engagement_total) AS engagement,
            sum(talk_total) AS talk,
            sum(open_questions_total) AS asked_open,
            sum(closed_questions_total) AS asked_closed,
            andi_histogram(sumMap(equity_histogram)) AS sorted
        FROM agg.weekly_school_metrics_current
        GROUP BY school_id
        HAVING n > 0
    ) AS measured
    LEFT JOIN dims.schools_current AS school ON school.school_id = measured.school_id
);
