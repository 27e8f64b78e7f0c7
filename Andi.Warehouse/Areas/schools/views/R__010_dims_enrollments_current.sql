-- Which students are in a class, from which day on and until before which? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.enrollments_current AS
SELECT class_id, student_id, from_date, to_date
FROM dims.enrollments FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
