-- Which classes are there, of which school, teacher, subject and school year? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.classes_current AS
SELECT class_id, name, school_id, teacher_id, subject, school_year
FROM dims.classes FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
