-- Of which enrollments is the first day told neither by themselves nor by the term of the class?
SELECT line, 'is required where the term of the class is not in the set'
FROM import_rows AS enrolled
WHERE enrolled.role = 'student' AND enrolled.status = 'active' AND enrolled.begin_date IS NULL
    AND NOT EXISTS (
        SELECT FROM import_oneroster_classes AS one
        JOIN import_oneroster_academicsessions AS term ON term.sourced_id = one.session_id
        WHERE one.sourced_id = enrolled.class_id AND term.start_date IS NOT NULL)
