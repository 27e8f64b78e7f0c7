-- Adds every change of public.resource_usage to agg.weekly_teacher_activity as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_teacher_activity_from_resource_usage TO agg.weekly_teacher_activity AS
SELECT
    _generation,
    district_id,
    toMonday(toDate(occurred_at)) AS week,
    school_id,
    teacher_id,
    toStartOfMonth(toDate(occurred_at)) AS month,
    state_id,
    toInt64(0) AS sessions,
    sum(toInt64(_sign)) AS resource_uses,
    toInt64(0) AS contributions
FROM staging.resource_usage_changes
GROUP BY _generation, district_id, week, school_id, teacher_id, month, state_id;
