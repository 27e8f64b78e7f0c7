-- Fills facts.community_activity from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.community_activity_from_changes TO facts.community_activity AS
SELECT
    _generation,
    activity_id,
    teacher_id,
    kind,
    forum,
    occurred_at,
    school_id,
    district_id,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.community_activity_changes;
