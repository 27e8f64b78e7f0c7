-- Fills dims.tests from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.tests_from_changes TO dims.tests AS
SELECT
    _generation,
    test_id,
    name,
    subject,
    max_score,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.tests_changes;
