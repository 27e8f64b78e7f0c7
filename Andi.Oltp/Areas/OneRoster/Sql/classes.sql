-- Classes, with the subject of the course (else their own), the school year of the term (else of the course), and the primary teacher (else the first).
-- What the set does not tell of a class that is there stays as it is.
INSERT INTO import_classes (line, class_id, name, school_id, teacher_id, subject, school_year)
SELECT one.line, one.sourced_id, one.title, one.school_id,
    coalesce(
        (
            SELECT teaching.user_id FROM import_oneroster_enrollments AS teaching
            WHERE teaching.class_id = one.sourced_id AND teaching.role = 'teacher' AND teaching.status = 'active'
            ORDER BY teaching.is_primary = 'true' DESC NULLS LAST, teaching.line LIMIT 1
        ),
        classes.teacher_id),
    coalesce(course.subject, one.subject, classes.subject),
    coalesce(term.school_year, year.school_year, classes.school_year)
FROM import_oneroster_classes AS one
LEFT JOIN import_oneroster_courses AS course ON course.sourced_id = one.course_id
LEFT JOIN import_oneroster_academicsessions AS term ON term.sourced_id = one.session_id
LEFT JOIN import_oneroster_academicsessions AS year ON year.sourced_id = course.session_id
LEFT JOIN classes ON classes.class_id = one.sourced_id
WHERE one.status = 'active'
