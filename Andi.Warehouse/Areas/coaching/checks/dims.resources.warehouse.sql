-- Which resources are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.resources.source.sql.
WITH changed AS
(
    SELECT DISTINCT resource_id
    FROM staging.resources_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        resource_id AS key,
        '1' AS copies,
        title,
        kind,
        subject,
        grade_band
    FROM dims.resources FINAL
    WHERE _generation = {generation:UInt32} AND resource_id NOT IN (changed)

    UNION ALL

    SELECT
        resource_id AS key,
        toString(sum(_sign)) AS copies,
        title,
        kind,
        subject,
        grade_band
    FROM staging.resources_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND resource_id IN (changed)
    GROUP BY resource_id, title, kind, subject, grade_band
    HAVING sum(_sign) != 0
)
ORDER BY key
