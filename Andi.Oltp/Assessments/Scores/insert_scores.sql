-- Which rows of import_scores are new scores? All of them, here: a duplicate fails on a unique constraint, a reference that is not known on a NOT NULL
-- one, for what it should fill in is null.
INSERT INTO public.scores
    (score_id, student_id, teacher_id, test_id, school_year, test_date, overall_score, overall_performance_level, dimension_scores,
     school_id, district_id, state_id, subject, grade)
SELECT coalesce(staged.score_id, staged.new_score_id), staged.student_id, staged.teacher_id, staged.test_id, staged.school_year, staged.test_date,
       staged.overall_score, staged.overall_performance_level, staged.dimension_scores,
       place.school_id, place.district_id, place.state_id, tests.subject, students.grade
FROM import_scores AS staged
LEFT JOIN teacher_places AS place ON place.teacher_id = staged.teacher_id
LEFT JOIN tests ON tests.test_id = staged.test_id
LEFT JOIN students ON students.student_id = staged.student_id
