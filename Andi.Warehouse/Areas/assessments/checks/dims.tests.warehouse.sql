-- Which tests are there? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as dims.tests.source.sql.
WITH changed AS
(
    SELECT DISTINCT test_id
    FROM staging.tests_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        test_id AS key,
        '1' AS copies,
        name,
        subject,
        toString(min_score) AS min_score_text,
        toString(max_score) AS max_score_text,
        toString(decimals) AS decimals_text,
        arrayStringConcat(arrayMap(band -> concat(band.1, '=', toString(band.2)), bands), ', ') AS bands_text,
        arrayStringConcat(levels, ', ') AS levels_text
    FROM dims.tests FINAL
    WHERE _generation = {generation:UInt32} AND test_id NOT IN (changed)

    UNION ALL

    SELECT
        test_id AS key,
        toString(sum(_sign)) AS copies,
        name,
        subject,
        toString(min_score) AS min_score_text,
        toString(max_score) AS max_score_text,
        toString(decimals) AS decimals_text,
        arrayStringConcat(arrayMap(band -> concat(band.1, '=', toString(band.2)), JSONExtract(bands, 'Array(Tuple(name String, `from` Decimal(9, 4)))')), ', ') AS bands_text,
        arrayStringConcat(JSONExtract(levels, 'Array(String)'), ', ') AS levels_text
    FROM staging.tests_changes
    WHERE _generation = {generation:UInt32} AND _position < {position:UInt128} AND test_id IN (changed)
    GROUP BY test_id, name, subject, min_score_text, max_score_text, decimals_text, bands_text, levels_text
    HAVING sum(_sign) != 0
)
ORDER BY key
