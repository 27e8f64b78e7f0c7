-- Enrollments of those who neither teach nor learn.
SELECT count(*) FROM import_oneroster_enrollments WHERE role NOT IN ('teacher', 'student')
