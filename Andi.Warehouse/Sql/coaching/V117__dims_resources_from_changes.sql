-- Fills dims.resources from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.resources_from_changes TO dims.resources AS
SELECT
    _generation,
    resource_id,
    title,
    kind,
    subject,
    grade_band,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.resources_changes;
