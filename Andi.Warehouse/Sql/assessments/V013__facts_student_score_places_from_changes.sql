-- Fills facts.student_score_places from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.student_score_places_from_changes TO facts.student_score_places AS
SELECT DISTINCT _generation, student_id, teacher_id, school_year, test_id, toStartOfMonth(test_date) AS month
FROM staging.scores_changes
WHERE _sign = 1;
