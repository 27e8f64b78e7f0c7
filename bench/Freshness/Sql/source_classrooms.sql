-- What do the classrooms' aggregates have to say, by PostgreSQL's rows?
SELECT format('%s %s %s %s', teacher_id, test_id, count(overall_score), sum((overall_score * 10000)::bigint)) FROM scores GROUP BY teacher_id, test_id
