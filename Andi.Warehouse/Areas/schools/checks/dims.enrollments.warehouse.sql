-- Which students are in which class? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.enrollments.source.sql.
WITH changed AS
(
    SELECT DISTINCT class_id, student_id, from_date
    FROM staging.enrollments_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        concat(class_id, '/', student_id, '/', toString(from_date)) AS key,
        '1' AS copies,
        toString(to_date) AS until
    FROM dims.enrollments FINAL
    WHERE _generation = {generation:UInt32} AND (class_id, student_id, from_date) NOT IN (changed)

    UNION ALL

    SELECT
        concat(class_id, '/', student_id, '/', toString(from_date)) AS key,
        toString(sum(_sign)) AS copies,
        toString(to_date) AS until
    FROM staging.enrollments_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND (class_id, student_id, from_date) IN (changed)
    GROUP BY class_id, student_id, from_date, to_date
    HAVING sum(_sign) != 0
)
ORDER BY key
