-- Which uses of resources stand? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside
-- facts.resource_usage.warehouse.sql.
SELECT
    usage_id AS key,
    '1' AS copies,
    resource_id,
    teacher_id,
    action,
    duration_seconds::text AS seconds,
    rating::text AS stars,
    to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS occurred,
    school_id,
    district_id,
    state_id
FROM public.resource_usage
WHERE occurred_at >= @oldest::timestamp AT TIME ZONE 'UTC'
ORDER BY usage_id COLLATE "C"
