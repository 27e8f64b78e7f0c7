-- Adds the sessions that each insert adds to agg.daily_teacher_performance to agg.weekly_teacher_activity.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_teacher_activity_from_daily TO agg.weekly_teacher_activity AS
SELECT
    _generation,
    district_id,
    toMonday(day) AS week,
    school_id,
    teacher_id,
    toStartOfMonth(day) AS month,
    state_id,
    sum(source.sessions) AS sessions,
    toInt64(0) AS resource_uses,
    toInt64(0) AS contributions
FROM agg.daily_teacher_performance AS source
GROUP BY _generation, district_id, week, school_id, teacher_id, month, state_id;
