-- Proves that agg.district_score_bands holds what counting the scores in facts.student_scores anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not. See agg.classroom_scores.sql.
SELECT
    toString((state_id, test_id, school_year, district_id, subject, month)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        state_id,
        test_id,
        school_year,
        district_id,
        subject,
        month,
        sum(stored.scores) AS scores,
        sum(stored.total) AS total,
        sumResampleMerge(0, 101, 1)(stored.bands) AS counts,
        toString((scores, total, counts)) AS measures
    FROM agg.district_score_bands AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY state_id, test_id, school_year, district_id, subject, month
    HAVING NOT (scores = 0 AND total = 0 AND arrayAll(n -> n = 0, counts))

    UNION ALL

    SELECT
        'should' AS side,
        state_id,
        test_id,
        school_year,
        district_id,
        subject,
        toStartOfMonth(test_date) AS month,
        toInt64(count()) AS scores,
        sum(toInt64(overall_score * 100)) AS total,
        arrayMap(band -> toInt64(countEqual(groupArray(least(greatest(floor(toFloat64(overall_score)), 0), 100)), band)), range(101)) AS counts,
        toString((scores, total, counts)) AS measures
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date}
    GROUP BY state_id, test_id, school_year, district_id, subject, month
)
GROUP BY state_id, test_id, school_year, district_id, subject, month
HAVING stands != should
ORDER BY key
