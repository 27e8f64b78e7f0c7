-- Which teachers and students are at no known school?
SELECT line, CASE WHEN position(',' IN orgs) > 0 THEN 'name no known school: ''' ELSE 'is not known as a school: ''' END || orgs || ''''
FROM import_rows AS person
WHERE person.role IN ('teacher', 'student') AND person.status = 'active'
    AND NOT EXISTS (SELECT FROM schools WHERE schools.school_id = ANY (string_to_array(person.orgs, ',')))
