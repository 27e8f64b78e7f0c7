-- What is a test called, of which subject is it, and on which scale are its scores? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.tests_current AS
SELECT test_id, name, subject, min_score, max_score, decimals, bands, levels
FROM dims.tests FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
