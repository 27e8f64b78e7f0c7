-- Which new classes does nobody teach?
SELECT line, 'has no teacher: no row of enrollments.csv with the role teacher names it'
FROM import_rows AS one
WHERE one.status = 'active'
    AND NOT EXISTS (
        SELECT FROM import_oneroster_enrollments AS teaching
        WHERE teaching.class_id = one.sourced_id AND teaching.role = 'teacher' AND teaching.status = 'active')
    AND NOT EXISTS (SELECT FROM classes WHERE classes.class_id = one.sourced_id)
