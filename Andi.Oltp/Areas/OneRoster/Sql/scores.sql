-- Results as scores of the class's teacher and school year. What was recorded before keeps its teacher, and its level and dimensions where it has a score.
INSERT INTO import_scores (
    line, score_id, student_id, teacher_id, test_id, school_year, test_date, status, overall_score, overall_performance_level, dimension_scores)
SELECT result.line, result.sourced_id, result.student_id,
    coalesce(recorded.teacher_id, classes.teacher_id, other.teacher_id),
    result.item_id,
    coalesce(classes.school_year, other.school_year),
    result.score_date::date,
    CASE result.score_status WHEN 'exempt' THEN 'exempt' WHEN 'not submitted' THEN 'absent' ELSE 'scored' END,
    CASE WHEN result.score_status NOT IN ('exempt', 'not submitted') THEN result.score::numeric END,
    CASE WHEN result.score_status NOT IN ('exempt', 'not submitted') THEN recorded.overall_performance_level END,
    CASE WHEN result.score_status NOT IN ('exempt', 'not submitted') THEN coalesce(recorded.dimension_scores, '{}') ELSE '{}' END
FROM import_oneroster_results AS result
LEFT JOIN import_oneroster_lineitems AS item ON item.sourced_id = result.item_id
LEFT JOIN classes ON classes.class_id = item.class_id
LEFT JOIN scores AS recorded ON recorded.score_id = result.sourced_id
-- Of a delta without the line item: all scores of a line item are of one class.
LEFT JOIN LATERAL (SELECT teacher_id, school_year FROM scores WHERE scores.test_id = result.item_id LIMIT 1) AS other ON item.sourced_id IS NULL
WHERE result.status = 'active' AND NOT (result.score IS NULL AND result.score_status IN ('submitted', 'partially graded'))
