-- Which students are in a class on a day, what are they called and in which grade now, and since when are they in it?
--   class: its id.
--   day: the day.
--   generation: of the rows, known at the position that the answer is for.
SELECT
    enrolled.student_id AS studentId,
    nullIf(student.name, '') AS studentName,
    nullIf(student.grade, '') AS grade,
    enrolled.from_date AS from,
    enrolled.to_date AS to
FROM
(
    SELECT student_id, from_date, to_date
    FROM dims.enrollments FINAL
    WHERE _generation = {generation:UInt32}
        AND class_id = {class:String}
        AND from_date <= {day:Date}
        AND (to_date IS NULL OR to_date > {day:Date})
) AS enrolled
LEFT JOIN
(
    SELECT student_id, name, grade
    FROM dims.students FINAL
    WHERE _generation = {generation:UInt32}
        AND student_id IN (SELECT student_id FROM dims.enrollments WHERE _generation = {generation:UInt32} AND class_id = {class:String})
) AS student ON student.student_id = enrolled.student_id
ORDER BY studentId
SETTINGS max_threads = 1
