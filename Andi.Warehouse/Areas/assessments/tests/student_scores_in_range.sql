-- A score lies between 0 and 100.
-- test: sql facts.student_scores_current
SELECT score_id, overall_score
FROM facts.student_scores_current
WHERE overall_score NOT BETWEEN 0 AND 100
