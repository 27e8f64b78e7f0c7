-- Users of the role teacher, at the first of their organisations that is a school.
INSERT INTO import_teachers (line, teacher_id, name, email, school_id)
SELECT person.line, person.sourced_id, person.name, person.email, (
    SELECT schools.school_id
    FROM unnest(string_to_array(person.orgs, ',')) WITH ORDINALITY AS org (school_id, place)
    JOIN schools USING (school_id)
    ORDER BY place LIMIT 1)
FROM import_oneroster_users AS person
WHERE person.role = 'teacher' AND person.status = 'active'
