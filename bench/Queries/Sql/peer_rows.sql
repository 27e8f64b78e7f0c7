-- The scores as the peers get them, in the order in which they were written.
SELECT
    score_id, student_id, teacher_id, test_id, school_year, test_date, status, overall_score, overall_performance_level, school_id, district_id, state_id, grade
FROM staging.scores_changes
ORDER BY _offset
FORMAT CSVWithNames
