-- How long is a landing row needed? As long as the row it brought may stand: a TRUNCATE takes back what it finds here. Names have no end (a hundred years
-- is as good); a score counts for five years from its test, which may lie behind the day it came.
ALTER TABLE staging.districts_changes MODIFY TTL toDate(_committed_at) + INTERVAL 100 YEAR;
ALTER TABLE staging.schools_changes MODIFY TTL toDate(_committed_at) + INTERVAL 100 YEAR;
ALTER TABLE staging.teachers_changes MODIFY TTL toDate(_committed_at) + INTERVAL 100 YEAR;
ALTER TABLE staging.students_changes MODIFY TTL toDate(_committed_at) + INTERVAL 100 YEAR;
ALTER TABLE staging.tests_changes MODIFY TTL toDate(_committed_at) + INTERVAL 100 YEAR;
ALTER TABLE staging.scores_changes MODIFY TTL greatest(toDate(_committed_at), test_date) + INTERVAL 61 MONTH;
