-- Which activities in the community stand? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside
-- facts.community_activity.warehouse.sql.
SELECT
    activity_id AS key,
    '1' AS copies,
    teacher_id,
    kind,
    forum,
    to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS occurred,
    school_id,
    district_id,
    state_id
FROM public.community_activity
WHERE occurred_at >= @oldest::timestamp AT TIME ZONE 'UTC'
ORDER BY activity_id COLLATE "C"
