-- Which teachers used which resource, how and when? Exact at every moment, merged or not, of the current generation and the months that count.
CREATE OR REPLACE VIEW facts.resource_usage_current AS
SELECT
    usage_id,
    resource_id,
    teacher_id,
    action,
    duration_seconds,
    rating,
    occurred_at,
    school_id,
    district_id,
    state_id,
    _committed_at,
    intDiv(_version, 2) AS _position
FROM facts.resource_usage FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation) AND toDate(occurred_at) >= andi_oldest_month();
