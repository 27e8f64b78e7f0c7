-- Which districts are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.districts.source.sql.
WITH changed AS
(
    SELECT DISTINCT district_id
    FROM staging.districts_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        district_id AS key,
        '1' AS copies,
        name,
        state_id
    FROM dims.districts FINAL
    WHERE _generation = {generation:UInt32} AND district_id NOT IN (changed)

    UNION ALL

    SELECT
        district_id AS key,
        toString(sum(_sign)) AS copies,
        name,
        state_id
    FROM staging.districts_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND district_id IN (changed)
    GROUP BY district_id, name, state_id
    HAVING sum(_sign) != 0
)
ORDER BY key
