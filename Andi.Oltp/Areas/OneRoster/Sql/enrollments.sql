-- Enrollments of students; where no first day is given it is that of the term of the class.
INSERT INTO import_enrollments (line, class_id, student_id, from_date, to_date)
SELECT enrolled.line, enrolled.class_id, enrolled.user_id, coalesce(enrolled.begin_date, term.start_date)::date, enrolled.end_date::date
FROM import_oneroster_enrollments AS enrolled
LEFT JOIN import_oneroster_classes AS one ON one.sourced_id = enrolled.class_id
LEFT JOIN import_oneroster_academicsessions AS term ON term.sourced_id = one.session_id
WHERE enrolled.role = 'student' AND enrolled.status = 'active'
