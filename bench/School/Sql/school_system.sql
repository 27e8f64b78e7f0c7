-- Who is there to be scored? @districts districts of one state, ten schools each, ten teachers a school, thirty students a teacher, five tests.
INSERT INTO districts (district_id, name, state_id)
SELECT 'D' || d, 'District ' || d, 'CA' FROM generate_series(1, @districts) AS d;

INSERT INTO schools (school_id, name, district_id)
SELECT 'S' || s, 'School ' || s, 'D' || (s - 1) / 10 + 1 FROM generate_series(1, @districts * 10) AS s;

INSERT INTO teachers (teacher_id, name, school_id)
SELECT 'T' || t, 'Teacher ' || t, 'S' || (t - 1) / 10 + 1 FROM generate_series(1, @districts * 100) AS t;

INSERT INTO students (student_id, name, grade, school_id)
SELECT 'P' || p, 'Pupil ' || p, ((p - 1) / 30 % 9 + 1)::text, 'S' || (p - 1) / 300 + 1 FROM generate_series(1, @districts * 3000) AS p;

INSERT INTO tests (test_id, name, subject, min_score, max_score, decimals, bands, levels)
SELECT
    'M' || m, 'Test ' || m, (ARRAY['math', 'reading', 'science', 'writing', 'history'])[(m - 1) % 5 + 1], 0, 100, 2,
    '[{"name": "Excellent", "from": 90}, {"name": "Good", "from": 80}, {"name": "Fair", "from": 70}, {"name": "Needs improvement", "from": 0}]',
    '["Below basic", "Basic", "Proficient", "Advanced"]'
FROM generate_series(1, 5) AS m;

ANALYZE districts, schools, teachers, students, tests;
