-- Fills facts.resource_usage from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.resource_usage_from_changes TO facts.resource_usage AS
SELECT
    _generation,
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
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.resource_usage_changes;
