-- Fills dims.teachers from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.teachers_from_changes TO dims.teachers AS
SELECT
    _generation,
    teacher_id,
    name,
    school_id,
    email,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.teachers_changes;
