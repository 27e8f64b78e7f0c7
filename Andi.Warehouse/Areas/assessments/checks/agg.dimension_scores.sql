-- Proves that agg.dimension_scores holds, for classroom, school and district, what counting the dimensions of the scores in facts.student_scores anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not.
SELECT
    toString((level, entity_id, school_year, test_id, dimension, month)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        toString(level) AS level,
        entity_id,
        school_year,
        test_id,
        dimension,
        month,
        sum(stored.scores) AS scores,
        sum(stored.total) AS total,
        sumMap(stored.histogram) AS histogram,
        toString((scores, total, arraySort(arrayFilter(entry -> entry.2 != 0, arrayZip(mapKeys(histogram), mapValues(histogram)))))) AS measures
    FROM agg.dimension_scores AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY level, entity_id, school_year, test_id, dimension, month
    HAVING NOT (scores = 0 AND total = 0 AND arrayAll(n -> n = 0, mapValues(histogram)))

    UNION ALL

    SELECT
        'should' AS side,
        place.1 AS level,
        place.2 AS entity_id,
        school_year,
        test_id,
        dimension,
        toStartOfMonth(test_date) AS month,
        toInt64(count()) AS scores,
        sum(ten_thousandths) AS total,
        sumMap(map(toInt32(ten_thousandths), toInt64(1))) AS histogram,
        toString((scores, total, arraySort(arrayZip(mapKeys(histogram), mapValues(histogram))))) AS measures
    FROM
    (
        SELECT
            teacher_id, school_id, district_id, school_year, test_id, test_date, dimension_of.1 AS dimension,
            toInt64(toDecimal64(dimension_of.2, 4) * 10000) AS ten_thousandths
        FROM facts.student_scores FINAL
        ARRAY JOIN arrayZip(mapKeys(dimension_scores), mapValues(dimension_scores)) AS dimension_of
        WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date}
    )
    ARRAY JOIN [('classroom', teacher_id), ('school', toString(school_id)), ('district', toString(district_id))] AS place
    GROUP BY level, entity_id, school_year, test_id, dimension, month
)
GROUP BY level, entity_id, school_year, test_id, dimension, month
HAVING stands != should
ORDER BY key
