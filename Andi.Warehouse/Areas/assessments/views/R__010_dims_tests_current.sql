-- What is a test called, and of which subject is it? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.tests_current AS
SELECT test_id, name, subject, max_score
FROM dims.tests FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
