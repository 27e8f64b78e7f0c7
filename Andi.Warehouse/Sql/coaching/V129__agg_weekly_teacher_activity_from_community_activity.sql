-- Adds every change of public.community_activity to agg.weekly_teacher_activity as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_teacher_activity_from_community_activity TO agg.weekly_teacher_activity AS
SELECT
    _generation,
    district_id,
    toMonday(toDate(occurred_at)) AS week,
    school_id,
    teacher_id,
    toStartOfMonth(toDate(occurred_at)) AS month,
    state_id,
    toInt64(0) AS sessions,
    toInt64(0) AS resource_uses,
    sum(toInt64(_sign)) AS contributions
FROM staging.community_activity_changes
GROUP BY _generation, district_id, week, school_id, teacher_id, month, state_id;
