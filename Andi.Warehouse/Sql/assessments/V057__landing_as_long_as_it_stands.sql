-- How long is a landing row needed? As long as the row it brought may stand: a TRUNCATE takes back what it finds here. Names have no end; a score counts
-- for five years from its test, which may lie behind the day it came.
ALTER TABLE staging.districts_changes REMOVE TTL;
ALTER TABLE staging.schools_changes REMOVE TTL;
ALTER TABLE staging.teachers_changes REMOVE TTL;
ALTER TABLE staging.students_changes REMOVE TTL;
ALTER TABLE staging.tests_changes REMOVE TTL;
ALTER TABLE staging.scores_changes MODIFY TTL greatest(toDate(_committed_at), test_date) + INTERVAL 61 MONTH;
