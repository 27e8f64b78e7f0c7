-- Which rows have somebody teach who is no known teacher?
SELECT line, 'is not known as a teacher: ''' || user_id || ''''
FROM import_rows AS teaching
WHERE teaching.role = 'teacher' AND teaching.status = 'active'
    AND NOT EXISTS (SELECT FROM teachers WHERE teachers.teacher_id = teaching.user_id)
