-- Takes away what the set's enrollments replace: periods of the same class and student whose first day was corrected.
DELETE FROM enrollments AS there
USING import_enrollments AS staged
WHERE (there.class_id, there.student_id) = (staged.class_id, staged.student_id)
    AND there.from_date <> staged.from_date
    AND daterange(there.from_date, there.to_date) && daterange(staged.from_date, CASE WHEN staged.to_date >= staged.from_date THEN staged.to_date END)
    AND NOT EXISTS (
        SELECT FROM import_enrollments AS same
        WHERE (same.class_id, same.student_id, same.from_date) = (there.class_id, there.student_id, there.from_date))
