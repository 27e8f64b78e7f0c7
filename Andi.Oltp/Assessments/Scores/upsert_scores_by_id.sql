-- Which rows of import_scores, of those that name a score, differ from that score?
-- A score that is the same stays untouched; what was filled in stays as recorded, unless the row names another teacher, test or student.
INSERT INTO public.scores
    (score_id, student_id, teacher_id, test_id, school_year, test_date, overall_score, overall_performance_level, dimension_scores,
     school_id, district_id, state_id, subject, grade)
SELECT staged.score_id, staged.student_id, staged.teacher_id, staged.test_id, staged.school_year, staged.test_date,
       staged.overall_score, staged.overall_performance_level, staged.dimension_scores,
       place.school_id, place.district_id, place.state_id, tests.subject, students.grade
FROM import_scores AS staged
LEFT JOIN teacher_places AS place ON place.teacher_id = staged.teacher_id
LEFT JOIN tests ON tests.test_id = staged.test_id
LEFT JOIN students ON students.student_id = staged.student_id
WHERE staged.score_id IS NOT NULL
ON CONFLICT (score_id) DO UPDATE SET
    student_id = excluded.student_id,
    teacher_id = excluded.teacher_id,
    test_id = excluded.test_id,
    school_year = excluded.school_year,
    test_date = excluded.test_date,
    overall_score = excluded.overall_score,
    overall_performance_level = excluded.overall_performance_level,
    dimension_scores = excluded.dimension_scores,
    school_id = CASE WHEN scores.teacher_id = excluded.teacher_id THEN scores.school_id ELSE excluded.school_id END,
    district_id = CASE WHEN scores.teacher_id = excluded.teacher_id THEN scores.district_id ELSE excluded.district_id END,
    state_id = CASE WHEN scores.teacher_id = excluded.teacher_id THEN scores.state_id ELSE excluded.state_id END,
    subject = CASE WHEN scores.test_id = excluded.test_id THEN scores.subject ELSE excluded.subject END,
    grade = CASE WHEN scores.student_id = excluded.student_id THEN scores.grade ELSE excluded.grade END
WHERE (scores.student_id, scores.teacher_id, scores.test_id, scores.school_year, scores.test_date,
       scores.overall_score, scores.overall_performance_level, scores.dimension_scores)
    IS DISTINCT FROM
      (excluded.student_id, excluded.teacher_id, excluded.test_id, excluded.school_year, excluded.test_date,
       excluded.overall_score, excluded.overall_performance_level, excluded.dimension_scores)
