-- Which classes does a school have, by school year and id?
--   school: its id.
--   year: the school year; NULL for all.
--   generation: of the rows, known at the position that the answer is for.
SELECT class_id AS id, name, school_id AS schoolId, teacher_id AS teacherId, subject, school_year AS schoolYear
FROM dims.classes FINAL
WHERE _generation = {generation:UInt32}
    AND school_id = {school:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
ORDER BY schoolYear, id
SETTINGS max_threads = 1
