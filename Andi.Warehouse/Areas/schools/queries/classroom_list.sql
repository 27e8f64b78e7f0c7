-- Which classrooms, each of a teacher, are there? By the name of the teacher, then by id; a page of them.
--   school: NULL for all.
--   The page starts behind (after_name, after_id), which are empty for the first one; at most page_size rows.
--   generation: of the rows, known at the position that the answer is for.
SELECT teacher_id AS teacherId, name, school_id AS schoolId
FROM dims.teachers FINAL
WHERE _generation = {generation:UInt32}
    AND ({school:Nullable(String)} IS NULL OR school_id = {school:Nullable(String)})
    AND (name, teacher_id) > ({after_name:String}, {after_id:String})
ORDER BY name, teacher_id
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
