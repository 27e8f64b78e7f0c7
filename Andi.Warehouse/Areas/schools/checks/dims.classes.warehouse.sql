-- Which classes are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.classes.source.sql.
WITH changed AS
(
    SELECT DISTINCT class_id
    FROM staging.classes_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        class_id AS key,
        '1' AS copies,
        name,
        school_id,
        teacher_id,
        subject,
        school_year
    FROM dims.classes FINAL
    WHERE _generation = {generation:UInt32} AND class_id NOT IN (changed)

    UNION ALL

    SELECT
        class_id AS key,
        toString(sum(_sign)) AS copies,
        name,
        school_id,
        teacher_id,
        subject,
        school_year
    FROM staging.classes_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND class_id IN (changed)
    GROUP BY class_id, name, school_id, teacher_id, subject, school_year
    HAVING sum(_sign) != 0
)
ORDER BY key
