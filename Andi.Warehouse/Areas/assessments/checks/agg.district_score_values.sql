-- Proves that agg.district_score_values holds what counting the scores in facts.student_scores anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not. See agg.classroom_scores.sql.
SELECT
    toString((state_id, test_id, school_year, band, district_id, subject, month)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        state_id,
        test_id,
        school_year,
        band,
        district_id,
        subject,
        month,
        sum(stored.scores) AS scores,
        sum(stored.total) AS total,
        sumMap(stored.histogram) AS histogram,
        toString((scores, total, arraySort(arrayFilter(entry -> entry.2 != 0, arrayZip(mapKeys(histogram), mapValues(histogram)))))) AS measures
    FROM agg.district_score_values AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY state_id, test_id, school_year, band, district_id, subject, month
    HAVING NOT (scores = 0 AND total = 0 AND arrayAll(n -> n = 0, mapValues(histogram)))

    UNION ALL

    SELECT
        'should' AS side,
        state_id,
        test_id,
        school_year,
        toUInt8(least(greatest(floor(toFloat64(overall_score)), 0), 100)) AS band,
        district_id,
        subject,
        toStartOfMonth(test_date) AS month,
        toInt64(count()) AS scores,
        sum(toInt64(overall_score * 100)) AS total,
        sumMap(map(toInt32(overall_score * 100), toInt64(1))) AS histogram,
        toString((scores, total, arraySort(arrayZip(mapKeys(histogram), mapValues(histogram))))) AS measures
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date}
    GROUP BY state_id, test_id, school_year, band, district_id, subject, month
)
GROUP BY state_id, test_id, school_year, band, district_id, subject, month
HAVING stands != should
ORDER BY key
