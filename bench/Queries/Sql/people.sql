-- The people of School/Sql/school_system.sql, landed as the ingestor would: each row an insert. $districts districts.
INSERT INTO staging.districts_changes (district_id, name, state_id, _sign, _position, _txid, _generation, _offset, _committed_at, _ingested_at)
SELECT 'D' || toString(number + 1), 'District ' || toString(number + 1), 'CA', 1, toUInt128(1) * 4294967296, 1, 1, number, now64(6), now64(6)
FROM numbers($districts);

INSERT INTO staging.schools_changes (school_id, name, district_id, _sign, _position, _txid, _generation, _offset, _committed_at, _ingested_at)
SELECT 'S' || toString(number + 1), 'School ' || toString(number + 1), 'D' || toString(intDiv(number, 10) + 1), 1, toUInt128(1) * 4294967296, 1, 1, number, now64(6), now64(6)
FROM numbers($districts * 10);

INSERT INTO staging.teachers_changes (teacher_id, name, school_id, _sign, _position, _txid, _generation, _offset, _committed_at, _ingested_at)
SELECT 'T' || toString(number + 1), 'Teacher ' || toString(number + 1), 'S' || toString(intDiv(number, 10) + 1), 1, toUInt128(1) * 4294967296, 1, 1, number, now64(6), now64(6)
FROM numbers($districts * 100);

INSERT INTO staging.students_changes (student_id, name, grade, school_id, _sign, _position, _txid, _generation, _offset, _committed_at, _ingested_at)
SELECT
    'P' || toString(number + 1), 'Pupil ' || toString(number + 1), toString(intDiv(number, 30) % 9 + 1), 'S' || toString(intDiv(number, 300) + 1),
    1, toUInt128(1) * 4294967296, 1, 1, number, now64(6), now64(6)
FROM numbers($districts * 3000);

INSERT INTO staging.tests_changes
(
    test_id, name, subject, min_score, max_score, decimals, bands, levels, _sign, _position, _txid, _generation, _offset, _committed_at, _ingested_at
)
SELECT
    'M' || toString(number + 1), 'Test ' || toString(number + 1), ['math', 'reading', 'science', 'writing', 'history'][number + 1], 0, 100, 2,
    '[{"name": "Excellent", "from": 90}, {"name": "Good", "from": 80}, {"name": "Fair", "from": 70}, {"name": "Needs improvement", "from": 0}]',
    '["Below basic", "Basic", "Proficient", "Advanced"]',
    1, toUInt128(1) * 4294967296, 1, 1, number, now64(6), now64(6)
FROM numbers(5);
