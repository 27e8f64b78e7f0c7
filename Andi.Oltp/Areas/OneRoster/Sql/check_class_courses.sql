-- Which classes name a course that the set's courses do not have?
SELECT line, 'is not known: ''' || course_id || ''''
FROM import_rows AS one
WHERE one.course_id IS NOT NULL
    AND EXISTS (SELECT FROM import_oneroster_courses)
    AND NOT EXISTS (SELECT FROM import_oneroster_courses AS course WHERE course.sourced_id = one.course_id)
