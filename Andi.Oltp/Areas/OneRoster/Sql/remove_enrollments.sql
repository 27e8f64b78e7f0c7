-- Takes away the enrollments that are to be deleted; without a first day, all of the student in the class.
DELETE FROM enrollments
USING import_oneroster_enrollments AS gone
WHERE gone.status = 'tobedeleted'
    AND (enrollments.class_id, enrollments.student_id) = (gone.class_id, gone.user_id)
    AND (gone.begin_date IS NULL OR enrollments.from_date = gone.begin_date::date)
