-- Which scores stand? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside facts.student_scores.warehouse.sql.
SELECT
    score_id AS key,
    '1' AS copies,
    student_id,
    teacher_id,
    test_id,
    school_year,
    to_char(test_date, 'YYYY-MM-DD') AS test_day,
    status,
    coalesce(trim_scale(overall_score)::text, '') AS score,
    coalesce(overall_performance_level::text, '') AS level,
    (
        SELECT coalesce(string_agg(name || '=' || trim_scale(value::numeric)::text, ', ' ORDER BY name COLLATE "C"), '')
        FROM jsonb_each_text(dimension_scores) AS dimension (name, value)
    ) AS dimensions,
    school_id,
    district_id,
    state_id,
    grade
FROM public.scores
WHERE test_date >= @oldest
ORDER BY score_id COLLATE "C"
