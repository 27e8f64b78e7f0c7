-- Who was scored has a score, and nobody else has.
-- test: sql facts.student_scores_current
SELECT score_id, status, overall_score, overall_performance_level
FROM facts.student_scores_current
WHERE (status = 'scored') != isNotNull(overall_score) OR (status != 'scored' AND isNotNull(overall_performance_level))
