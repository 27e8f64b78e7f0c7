-- Has chosen scores take over again the grade of their student and the school of their teacher, as they are now. How many were chosen, how many changed?
--   0 score ids, 1 student ids, 2 teacher ids, 3 school year, 4 test: null for all.   5 whether the grade is taken over, 6 whether the school is.
WITH chosen AS
(
    SELECT
        scores.score_id,
        CASE WHEN {5} THEN students.grade ELSE scores.grade END AS grade,
        CASE WHEN {6} THEN place.school_id ELSE scores.school_id END AS school_id,
        CASE WHEN {6} THEN place.district_id ELSE scores.district_id END AS district_id,
        CASE WHEN {6} THEN place.state_id ELSE scores.state_id END AS state_id
    FROM scores
    JOIN students USING (student_id)
    JOIN teacher_places AS place ON place.teacher_id = scores.teacher_id
    WHERE ({0} IS NULL OR scores.score_id = ANY ({0}))
        AND ({1} IS NULL OR scores.student_id = ANY ({1}))
        AND ({2} IS NULL OR scores.teacher_id = ANY ({2}))
        AND ({3} IS NULL OR scores.school_year = {3})
        AND ({4} IS NULL OR scores.test_id = {4})
),
changed AS
(
    UPDATE scores
    SET grade = chosen.grade, school_id = chosen.school_id, district_id = chosen.district_id, state_id = chosen.state_id
    FROM chosen
    WHERE scores.score_id = chosen.score_id
        AND (scores.grade, scores.school_id, scores.district_id, scores.state_id)
            IS DISTINCT FROM (chosen.grade, chosen.school_id, chosen.district_id, chosen.state_id)
    RETURNING scores.score_id
)
SELECT (SELECT count(*) FROM chosen)::int AS chosen, (SELECT count(*) FROM changed)::int AS changed
