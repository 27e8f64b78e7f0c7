-- What did a teacher do in a week, at the school of the time? One row for each teacher, school and week with anything. Totals are exact: they can be
-- added up to any level.
-- depends on: models.stg_ciq_sessions, models.stg_community_activity, models.stg_resource_usage
CREATE OR REPLACE VIEW models.int_teacher_weeks AS
SELECT
    teacher_id,
    school_id,
    week,
    toInt64(sum(is_session)) AS sessions,
    sum(ciq) AS ciq_total,
    sum(equity) AS equity_total,
    toInt64(sum(is_use)) AS resource_uses,
    toInt64(sum(is_contribution)) AS contributions
FROM
(
    SELECT teacher_id, school_id, week, 1 AS is_session, ciq_score AS ciq, equity_score AS equity, 0 AS is_use, 0 AS is_contribution FROM models.stg_ciq_sessions
    UNION ALL
    SELECT teacher_id, school_id, week, 0, toDecimal32(0, 2), toDecimal32(0, 2), 1, 0 FROM models.stg_resource_usage
    UNION ALL
    SELECT teacher_id, school_id, week, 0, toDecimal32(0, 2), toDecimal32(0, 2), 0, 1 FROM models.stg_community_activity
)
GROUP BY teacher_id, school_id, week;
