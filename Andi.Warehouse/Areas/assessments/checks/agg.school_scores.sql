-- Proves that agg.school_scores holds what counting the scores in facts.student_scores anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not. See agg.classroom_scores.sql.
SELECT
    toString((school_id, school_year, test_id, grade, subject, district_id, state_id, month)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        school_id,
        school_year,
        test_id,
        grade,
        subject,
        district_id,
        state_id,
        month,
        sum(stored.scores) AS scores,
        sum(stored.total) AS total,
        sum(stored.squares) AS squares,
        sum(stored.levels) AS levels,
        sum(stored.excellent) AS excellent,
        sum(stored.good) AS good,
        sum(stored.fair) AS fair,
        sum(stored.needs_improvement) AS needs_improvement,
        sumMap(stored.histogram) AS histogram,
        toString((scores, total, squares, levels, excellent, good, fair, needs_improvement, arraySort(arrayFilter(entry -> entry.2 != 0, arrayZip(mapKeys(histogram), mapValues(histogram)))))) AS measures
    FROM agg.school_scores AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY school_id, school_year, test_id, grade, subject, district_id, state_id, month
    HAVING NOT (scores = 0 AND total = 0 AND squares = 0 AND levels = 0 AND excellent = 0 AND good = 0 AND fair = 0 AND needs_improvement = 0 AND arrayAll(n -> n = 0, mapValues(histogram)))

    UNION ALL

    SELECT
        'should' AS side,
        school_id,
        school_year,
        test_id,
        grade,
        subject,
        district_id,
        state_id,
        toStartOfMonth(test_date) AS month,
        toInt64(count()) AS scores,
        sum(toInt64(overall_score * 100)) AS total,
        sum(toInt64(overall_score * 100) * toInt64(overall_score * 100)) AS squares,
        sum(toInt64(overall_performance_level)) AS levels,
        toInt64(countIf(overall_score >= 90)) AS excellent,
        toInt64(countIf(overall_score >= 80 AND overall_score < 90)) AS good,
        toInt64(countIf(overall_score >= 70 AND overall_score < 80)) AS fair,
        toInt64(countIf(overall_score < 70)) AS needs_improvement,
        sumMap(map(toInt32(overall_score * 100), toInt64(1))) AS histogram,
        toString((scores, total, squares, levels, excellent, good, fair, needs_improvement, arraySort(arrayZip(mapKeys(histogram), mapValues(histogram))))) AS measures
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date}
    GROUP BY school_id, school_year, test_id, grade, subject, district_id, state_id, month
)
GROUP BY school_id, school_year, test_id, grade, subject, district_id, state_id, month
HAVING stands != should
ORDER BY key
