-- Fills dims.students from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.students_from_changes TO dims.students AS
SELECT
    _generation,
    student_id,
    name,
    grade,
    school_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.students_changes;
