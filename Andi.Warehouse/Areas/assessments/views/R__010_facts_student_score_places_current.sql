-- In which classrooms, years and tests may a student have a score? Of the current generation and the months that count; may name places without one.
CREATE OR REPLACE VIEW facts.student_score_places_current AS
SELECT student_id, teacher_id, school_year, test_id, month
FROM facts.student_score_places
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
