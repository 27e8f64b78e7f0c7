-- What PostgreSQL is asked with: a classroom is one range of the first; the second and third hold all that schools, districts and states are compared by.
CREATE INDEX ON bench_scores (teacher_id, test_id);
CREATE INDEX ON bench_scores (district_id, test_id) INCLUDE (school_year, school_id, grade, overall_score);
CREATE INDEX ON bench_scores (state_id, test_id) INCLUDE (school_year, district_id, overall_score);
VACUUM (ANALYZE) bench_scores;
