-- Did each teacher give students more time to think, month by month?
WITH months AS
(
    SELECT
        teacher_id,
        date_trunc('month', started_at AT TIME ZONE 'UTC') AS month,
        count(*) AS n,
        sum(wait)::float8 / (count(*) * 100)::float8 AS average,
        sqrt((count(*) * sum(wait * wait) - sum(wait) * sum(wait))::float8) / (count(*) * 100)::float8 AS deviation
    FROM (SELECT *, (wait_time_seconds * 100)::bigint AS wait FROM ciq_sessions) AS lessons
    GROUP BY teacher_id, date_trunc('month', started_at AT TIME ZONE 'UTC')
)
SELECT
    teacher_id AS "of",
    to_char(month, 'YYYY-MM-DD') AS "month",
    n AS "sessionCount",
    average AS "avgWaitTimeSeconds",
    deviation AS "waitTimeSecondsStdDev",
    average - lag(average) OVER of_teacher AS "changeSincePrevious",
    CASE WHEN row_number() OVER of_teacher > 1 THEN average - first_value(average) OVER of_teacher END AS "changeSinceFirst"
FROM months
WINDOW of_teacher AS (PARTITION BY teacher_id ORDER BY month)
ORDER BY "of", "month"
