-- Which teachers are there? At most so many of them.
--   most: how many.
--   generation: of the rows, known at the position that the answer is for.
SELECT teacher_id AS id, name, school_id AS schoolId
FROM dims.teachers FINAL
WHERE _generation = {generation:UInt32}
LIMIT {most:UInt32}
SETTINGS max_threads = 1
