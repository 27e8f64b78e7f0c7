-- Users of the role student, at the first of their organisations that is a school.
INSERT INTO import_students (line, student_id, name, grade, school_id)
SELECT person.line, person.sourced_id, person.name, person.grade, (
    SELECT schools.school_id
    FROM unnest(string_to_array(person.orgs, ',')) WITH ORDINALITY AS org (school_id, place)
    JOIN schools USING (school_id)
    ORDER BY place LIMIT 1)
FROM import_oneroster_users AS person
WHERE person.role = 'student' AND person.status = 'active'
