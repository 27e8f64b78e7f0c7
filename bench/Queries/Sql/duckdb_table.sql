-- The scores in DuckDB, from the same file.
CREATE TABLE bench_scores AS
SELECT *
FROM read_csv('$file', header = true, columns = {
    'score_id': 'VARCHAR', 'student_id': 'VARCHAR', 'teacher_id': 'VARCHAR', 'test_id': 'VARCHAR', 'school_year': 'VARCHAR', 'test_date': 'DATE',
    'status': 'VARCHAR', 'overall_score': 'DECIMAL(9, 4)', 'overall_performance_level': 'SMALLINT',
    'school_id': 'VARCHAR', 'district_id': 'VARCHAR', 'state_id': 'VARCHAR', 'grade': 'VARCHAR'})
