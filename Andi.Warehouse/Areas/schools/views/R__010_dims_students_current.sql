-- Who is a student, in which grade and at which school? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.students_current AS
SELECT student_id, name, grade, school_id
FROM dims.students FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
