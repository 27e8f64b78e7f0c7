-- Gives classes that are not in the set, but whose teacher's enrollment is, the teacher who is named there.
UPDATE classes
SET teacher_id = teaching.user_id
FROM (
    SELECT DISTINCT ON (class_id) class_id, user_id
    FROM import_oneroster_enrollments
    WHERE role = 'teacher' AND is_primary = 'true' AND status = 'active'
    ORDER BY class_id, line) AS teaching
WHERE classes.class_id = teaching.class_id AND classes.teacher_id <> teaching.user_id
    AND NOT EXISTS (SELECT FROM import_oneroster_classes AS one WHERE one.sourced_id = teaching.class_id)
