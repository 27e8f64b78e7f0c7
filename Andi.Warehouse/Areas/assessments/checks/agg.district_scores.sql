-- Proves that agg.district_scores holds what counting the scores in facts.student_scores anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not. See agg.classroom_scores.sql.
SELECT
    toString((district_id, school_year, test_id, grade, state_id, month)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        district_id,
        school_year,
        test_id,
        grade,
        state_id,
        month,
        andi_stored_score_measures(
            stored.scores, stored.total, stored.leveled, stored.levels, stored.exempt, stored.absent, stored.invalidated, stored.histogram) AS measures
    FROM agg.district_scores AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY district_id, school_year, test_id, grade, state_id, month
    HAVING measures != andi_no_score_measures()

    UNION ALL

    SELECT
        'should' AS side,
        district_id,
        school_year,
        test_id,
        grade,
        state_id,
        toStartOfMonth(test_date) AS month,
        andi_score_measures(status, overall_score, overall_performance_level) AS measures
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date}
    GROUP BY district_id, school_year, test_id, grade, state_id, month
)
GROUP BY district_id, school_year, test_id, grade, state_id, month
HAVING stands != should
ORDER BY key
