-- Proves that agg.district_score_bands holds what counting the scores in facts.student_scores anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not. See agg.classroom_scores.sql.
SELECT
    toString((state_id, test_id, school_year, district_id, month)) AS key,
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
        month,
        sum(stored.scores) AS scores,
        sum(stored.total) AS total,
        sumResampleMerge(0, 128, 1)(stored.bands) AS counts,
        toString((scores, total, counts)) AS measures
    FROM agg.district_score_bands AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY state_id, test_id, school_year, district_id, month
    HAVING NOT (scores = 0 AND total = 0 AND arrayAll(n -> n = 0, counts))

    UNION ALL

    SELECT
        'should' AS side,
        state_id,
        test_id,
        school_year,
        district_id,
        toStartOfMonth(test_date) AS month,
        toInt64(count()) AS scores,
        sum(units) AS total,
        arrayMap(band -> toInt64(countEqual(groupArray(least(greatest(point, 0), 127)), band)), range(128)) AS counts,
        toString((scores, total, counts)) AS measures
    FROM
    (
        SELECT
            *,
            toInt64(toDecimal64(assumeNotNull(overall_score), 4) * 10000) AS units,
            toInt64(if(units <= 1000000, floor(units / 10000), 101 + floor((units - 1000000) / 250000))) AS point
        FROM facts.student_scores FINAL
        WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date} AND status = 'scored'
    )
    GROUP BY state_id, test_id, school_year, district_id, month
)
GROUP BY state_id, test_id, school_year, district_id, month
HAVING stands != should
ORDER BY key
