-- Who is a teacher, and at which school? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.teachers_current AS
SELECT teacher_id, name, school_id, email
FROM dims.teachers FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
