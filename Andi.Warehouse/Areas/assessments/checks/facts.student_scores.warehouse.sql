-- Which scores stand? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as facts.student_scores.source.sql.
WITH changed AS
(
    SELECT DISTINCT score_id
    FROM staging.scores_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        score_id AS key,
        '1' AS copies,
        student_id,
        teacher_id,
        test_id,
        school_year,
        toString(test_date) AS test_day,
        status,
        ifNull(toString(overall_score), '') AS score,
        ifNull(toString(overall_performance_level), '') AS level,
        arrayStringConcat(
            arrayMap(pair -> concat(pair.1, '=', toString(pair.2)), arraySort(arrayZip(mapKeys(dimension_scores), mapValues(dimension_scores)))), ', ') AS dimensions,
        school_id,
        district_id,
        state_id,
        grade
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date} AND score_id NOT IN (changed)

    UNION ALL

    SELECT
        score_id AS key,
        toString(sum(_sign)) AS copies,
        student_id,
        teacher_id,
        test_id,
        school_year,
        toString(test_date) AS test_day,
        status,
        ifNull(toString(overall_score), '') AS score,
        ifNull(toString(overall_performance_level), '') AS level,
        arrayStringConcat(
            arrayMap(
                pair -> concat(pair.1, '=', toString(toDecimal32OrNull(pair.2, 4))),
                arraySort(arrayFilter(pair -> isNotNull(toDecimal32OrNull(pair.2, 4)), JSONExtractKeysAndValuesRaw(dimension_scores)))), ', ') AS dimensions,
        school_id,
        district_id,
        state_id,
        grade
    FROM staging.scores_changes
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date} AND _position < {position:UInt128} AND score_id IN (changed)
    GROUP BY score_id, student_id, teacher_id, test_id, school_year, test_day, status, score, level, dimensions, school_id, district_id, state_id, grade
    HAVING sum(_sign) != 0
)
ORDER BY key
