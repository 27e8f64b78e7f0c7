-- How did the lessons of each school go, week by week?
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
SELECT
    school_id AS "of",
    to_char(date_trunc('week', at_utc), 'YYYY-MM-DD') AS "week",
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
    sum(open_questions)::float8 / nullif(sum(open_questions + closed_questions), 0)::float8 AS "openQuestionShare"
FROM lessons
GROUP BY school_id, date_trunc('week', at_utc)
ORDER BY "of", "week"
