-- A performance level is one of its test's.
-- test: sql facts.student_scores_current
SELECT score_id, overall_performance_level, levels
FROM facts.student_scores_current
INNER JOIN dims.tests_current USING (test_id)
WHERE overall_performance_level < 1 OR overall_performance_level > length(levels)
