-- Which teachers are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.teachers.source.sql.
WITH changed AS
(
    SELECT DISTINCT teacher_id
    FROM staging.teachers_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        teacher_id AS key,
        '1' AS copies,
        name,
        school_id,
        email
    FROM dims.teachers FINAL
    WHERE _generation = {generation:UInt32} AND teacher_id NOT IN (changed)

    UNION ALL

    SELECT
        teacher_id AS key,
        toString(sum(_sign)) AS copies,
        name,
        school_id,
        email
    FROM staging.teachers_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND teacher_id IN (changed)
    GROUP BY teacher_id, name, school_id, email
    HAVING sum(_sign) != 0
)
ORDER BY key
