-- Which scores does PostgreSQL hold? Exact at every moment, merged or not, of the current generation and the months that count.
CREATE OR REPLACE VIEW facts.student_scores_current AS
SELECT
    score_id, student_id, teacher_id, test_id, school_year, test_date, grade, school_id, district_id, state_id,
    status, overall_score, overall_performance_level, dimension_scores, _committed_at, intDiv(_version, 2) AS _position
FROM facts.student_scores FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation) AND test_date >= andi_oldest_month();
