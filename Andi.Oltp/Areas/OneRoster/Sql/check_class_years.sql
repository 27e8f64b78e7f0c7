-- Of which classes is the school year told neither by the term, nor by the course, nor by what is there already?
SELECT one.line, coalesce('is not known as a session with a school year: ''' || one.session_id || '''', 'is required: it tells the school year')
FROM import_rows AS one
LEFT JOIN import_oneroster_courses AS course ON course.sourced_id = one.course_id
WHERE one.status = 'active'
    AND NOT EXISTS (SELECT FROM import_oneroster_academicsessions AS term WHERE term.sourced_id IN (one.session_id, course.session_id))
    AND NOT EXISTS (SELECT FROM classes WHERE classes.class_id = one.sourced_id)
