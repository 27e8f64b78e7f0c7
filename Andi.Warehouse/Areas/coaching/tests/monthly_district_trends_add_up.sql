-- The sessions of a district are as many by day and teacher as by month.
-- test: sql agg.monthly_district_trends_current
SELECT district_id, sum(n) AS differs
FROM
(
    SELECT district_id, sum(sessions) AS n FROM agg.daily_teacher_performance_current GROUP BY district_id
    UNION ALL
    SELECT district_id, -sum(sessions) AS n FROM agg.monthly_district_trends_current GROUP BY district_id
)
GROUP BY district_id
HAVING differs != 0
