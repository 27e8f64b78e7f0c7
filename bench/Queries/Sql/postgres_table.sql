-- The scores in PostgreSQL, for reading alone: no constraint but what the questions use.
DROP TABLE IF EXISTS bench_scores;
CREATE UNLOGGED TABLE bench_scores
(
    score_id text, student_id text, teacher_id text, test_id text, school_year text, test_date date, status text, overall_score numeric,
    overall_performance_level smallint, school_id text, district_id text, state_id text, grade text
);
