-- Which students are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.students.source.sql.
WITH changed AS
(
    SELECT DISTINCT student_id
    FROM staging.students_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        student_id AS key,
        '1' AS copies,
        name,
        grade,
        school_id
    FROM dims.students FINAL
    WHERE _generation = {generation:UInt32} AND student_id NOT IN (changed)

    UNION ALL

    SELECT
        student_id AS key,
        toString(sum(_sign)) AS copies,
        name,
        grade,
        school_id
    FROM staging.students_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND student_id IN (changed)
    GROUP BY student_id, name, grade, school_id
    HAVING sum(_sign) != 0
)
ORDER BY key
