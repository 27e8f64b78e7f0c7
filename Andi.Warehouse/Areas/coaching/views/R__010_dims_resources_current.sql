-- What is a resource called, and of which kind, subject and grades is it? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.resources_current AS
SELECT resource_id, title, kind, subject, grade_band
FROM dims.resources FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
