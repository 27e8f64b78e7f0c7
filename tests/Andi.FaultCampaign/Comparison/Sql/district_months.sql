-- How did the lessons of each district go, month by month, and did engagement go with quality and with wait time?
WITH lessons AS
(
    SELECT
        *,
        started_at AT TIME ZONE 'UTC' AS at_utc,
        (ciq_score * 100)::bigint AS ciq,
        (equity_score * 100)::bigint AS equity,
        (wait_time_seconds * 100)::bigint AS wait,
        (student_engagement * 100)::bigint AS engagement,
        (teacher_talk_ratio * 10000)::bigint AS talk
    FROM ciq_sessions
)
, correlated AS
(
    SELECT
        district_id,
        date_trunc('month', at_utc) AS month,
        (count(*) * sum(engagement * engagement) - sum(engagement) * sum(engagement))::float8 AS engagement_varies,
        (count(*) * sum(ciq * ciq) - sum(ciq) * sum(ciq))::float8 AS ciq_varies,
        (count(*) * sum(wait * wait) - sum(wait) * sum(wait))::float8 AS wait_varies,
        (count(*) * sum(engagement * ciq) - sum(engagement) * sum(ciq))::float8 AS with_ciq,
        (count(*) * sum(engagement * wait) - sum(engagement) * sum(wait))::float8 AS with_wait
    FROM lessons
    GROUP BY district_id, date_trunc('month', at_utc)
)
SELECT
    district_id AS "of",
    to_char(month, 'YYYY-MM-DD') AS "month",
    count(DISTINCT teacher_id) AS "activeTeachers",
    count(*) AS "sessionCount",
    sum(duration_seconds)::float8 / 60 AS "totalMinutes",
    sum(student_count)::float8 / count(*)::float8 AS "avgStudentCount",
    sum(ciq)::float8 / (count(*) * 100)::float8 AS "avgCiqScore",
    sqrt((count(*) * sum(ciq * ciq) - sum(ciq) * sum(ciq))::float8) / (count(*) * 100)::float8 AS "ciqScoreStdDev",
    sum(equity)::float8 / (count(*) * 100)::float8 AS "avgEquityScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY equity_score::float8) AS "medianEquityScore",
    sum(wait)::float8 / (count(*) * 100)::float8 AS "avgWaitTimeSeconds",
    sum(engagement)::float8 / (count(*) * 100)::float8 AS "avgStudentEngagement",
    sum(talk)::float8 / (count(*) * 10000)::float8 AS "avgTeacherTalkRatio",
    sum(open_questions)::float8 / nullif(sum(open_questions + closed_questions), 0)::float8 AS "openQuestionShare",
    any_value(CASE WHEN engagement_varies > 0 AND ciq_varies > 0 THEN greatest(-1, least(1, with_ciq / (sqrt(engagement_varies) * sqrt(ciq_varies)))) END) AS "engagementCiqCorrelation",
    any_value(CASE WHEN engagement_varies > 0 AND wait_varies > 0 THEN greatest(-1, least(1, with_wait / (sqrt(engagement_varies) * sqrt(wait_varies)))) END) AS "engagementWaitTimeCorrelation"
FROM lessons
JOIN correlated USING (district_id)
WHERE month = date_trunc('month', at_utc)
GROUP BY district_id, month
ORDER BY "of", "month"
