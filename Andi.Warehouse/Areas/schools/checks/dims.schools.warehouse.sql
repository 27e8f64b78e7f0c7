-- Which schools are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.schools.source.sql.
WITH changed AS
(
    SELECT DISTINCT school_id
    FROM staging.schools_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        school_id AS key,
        '1' AS copies,
        name,
        district_id
    FROM dims.schools FINAL
    WHERE _generation = {generation:UInt32} AND school_id NOT IN (changed)

    UNION ALL

    SELECT
        school_id AS key,
        toString(sum(_sign)) AS copies,
        name,
        district_id
    FROM staging.schools_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND school_id IN (changed)
    GROUP BY school_id, name, district_id
    HAVING sum(_sign) != 0
)
ORDER BY key
