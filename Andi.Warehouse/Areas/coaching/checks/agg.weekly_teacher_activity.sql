-- Proves that agg.weekly_teacher_activity holds what counting sessions, uses and contributions in the facts anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not.
SELECT
    toString((district_id, week, school_id, teacher_id, month, state_id)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        district_id,
        week,
        school_id,
        teacher_id,
        month,
        state_id,
        sum(stored.sessions) AS sessions,
        sum(stored.resource_uses) AS resource_uses,
        sum(stored.contributions) AS contributions,
        toString((sessions, resource_uses, contributions)) AS measures
    FROM agg.weekly_teacher_activity AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY district_id, week, school_id, teacher_id, month, state_id
    HAVING NOT (sessions = 0 AND resource_uses = 0 AND contributions = 0)

    UNION ALL

    SELECT
        'should' AS side,
        district_id,
        week,
        school_id,
        teacher_id,
        month,
        state_id,
        toInt64(sum(session)) AS sessions,
        toInt64(sum(resource_use)) AS resource_uses,
        toInt64(sum(contribution)) AS contributions,
        toString((sessions, resource_uses, contributions)) AS measures
    FROM
    (
        SELECT
            district_id, toMonday(toDate(started_at)) AS week, school_id, teacher_id, toStartOfMonth(toDate(started_at)) AS month, state_id,
            1 AS session, 0 AS resource_use, 0 AS contribution
        FROM facts.ciq_sessions FINAL
        WHERE _generation = {generation:UInt32} AND toDate(started_at) >= {oldest:Date}

        UNION ALL

        SELECT
            district_id, toMonday(toDate(occurred_at)) AS week, school_id, teacher_id, toStartOfMonth(toDate(occurred_at)) AS month, state_id,
            0 AS session, 1 AS resource_use, 0 AS contribution
        FROM facts.resource_usage FINAL
        WHERE _generation = {generation:UInt32} AND toDate(occurred_at) >= {oldest:Date}

        UNION ALL

        SELECT
            district_id, toMonday(toDate(occurred_at)) AS week, school_id, teacher_id, toStartOfMonth(toDate(occurred_at)) AS month, state_id,
            0 AS session, 0 AS resource_use, 1 AS contribution
        FROM facts.community_activity FINAL
        WHERE _generation = {generation:UInt32} AND toDate(occurred_at) >= {oldest:Date}
    )
    GROUP BY district_id, week, school_id, teacher_id, month, state_id
)
GROUP BY district_id, week, school_id, teacher_id, month, state_id
HAVING stands != should
ORDER BY key
