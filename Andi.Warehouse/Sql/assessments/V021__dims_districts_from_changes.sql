-- Fills dims.districts from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.districts_from_changes TO dims.districts AS
SELECT
    _generation,
    district_id,
    name,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.districts_changes;
