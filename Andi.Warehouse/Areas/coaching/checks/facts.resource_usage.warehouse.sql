-- Which uses of resources stand? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as facts.resource_usage.source.sql.
WITH changed AS
(
    SELECT DISTINCT usage_id
    FROM staging.resource_usage_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        usage_id AS key,
        '1' AS copies,
        resource_id,
        teacher_id,
        action,
        toString(duration_seconds) AS seconds,
        toString(rating) AS stars,
        formatDateTime(occurred_at, '%Y-%m-%d %H:%i:%S.%f') AS occurred,
        school_id,
        district_id,
        state_id
    FROM facts.resource_usage FINAL
    WHERE _generation = {generation:UInt32} AND toDate(occurred_at) >= {oldest:Date} AND usage_id NOT IN (changed)

    UNION ALL

    SELECT
        usage_id AS key,
        toString(sum(_sign)) AS copies,
        resource_id,
        teacher_id,
        action,
        toString(duration_seconds) AS seconds,
        toString(rating) AS stars,
        formatDateTime(occurred_at, '%Y-%m-%d %H:%i:%S.%f') AS occurred,
        school_id,
        district_id,
        state_id
    FROM staging.resource_usage_changes
    WHERE _generation = {generation:UInt32} AND toDate(occurred_at) >= {oldest:Date} AND _position < {position:UInt128} AND usage_id IN (changed)
    GROUP BY usage_id, resource_id, teacher_id, action, seconds, stars, occurred, school_id, district_id, state_id
    HAVING sum(_sign) != 0
)
ORDER BY key
