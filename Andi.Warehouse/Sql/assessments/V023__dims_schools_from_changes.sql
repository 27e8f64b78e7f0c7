-- Fills dims.schools from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.schools_from_changes TO dims.schools AS
SELECT
    _generation,
    school_id,
    name,
    district_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.schools_changes;
