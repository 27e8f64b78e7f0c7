-- Users who are neither teachers nor students.
SELECT count(*) FROM import_oneroster_users WHERE role NOT IN ('teacher', 'student')
