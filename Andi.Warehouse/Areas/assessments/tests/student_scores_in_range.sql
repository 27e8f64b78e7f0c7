-- A score lies on its test's scale.
-- test: sql facts.student_scores_current
SELECT score_id, overall_score, min_score, max_score
FROM facts.student_scores_current
INNER JOIN dims.tests_current USING (test_id)
WHERE overall_score < min_score OR overall_score > max_score
