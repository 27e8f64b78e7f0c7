-- Which activities in the community stand? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands
-- now; of one that has, the history in the landing table tells what stood. The same columns in the same text forms as
-- facts.community_activity.source.sql.
WITH changed AS
(
    SELECT DISTINCT activity_id
    FROM staging.community_activity_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        activity_id AS key,
        '1' AS copies,
        teacher_id,
        kind,
        forum,
        formatDateTime(occurred_at, '%Y-%m-%d %H:%i:%S.%f') AS occurred,
        school_id,
        district_id,
        state_id
    FROM facts.community_activity FINAL
    WHERE _generation = {generation:UInt32} AND toDate(occurred_at) >= {oldest:Date} AND activity_id NOT IN (changed)

    UNION ALL

    SELECT
        activity_id AS key,
        toString(sum(_sign)) AS copies,
        teacher_id,
        kind,
        forum,
        formatDateTime(occurred_at, '%Y-%m-%d %H:%i:%S.%f') AS occurred,
        school_id,
        district_id,
        state_id
    FROM staging.community_activity_changes
    WHERE _generation = {generation:UInt32} AND toDate(occurred_at) >= {oldest:Date} AND _position < {position:UInt128} AND activity_id IN (changed)
    GROUP BY activity_id, teacher_id, kind, forum, occurred, school_id, district_id, state_id
    HAVING sum(_sign) != 0
)
ORDER BY key
