-- Which tests of which years, and in which grades, has each group rows of? The newest year first. {group} is the column that makes the groups.
-- ($1 and $2, the filters of other questions, are not for this one.)
SELECT
    {group} AS "of",
    school_year AS "schoolYear",
    tests.test_id AS "testId",
    tests.name AS "testName",
    tests.subject,
    jsonb_agg(grade ORDER BY array_position('{PK,K,1,2,3,4,5,6,7,8,9,10,11,12}'::text[], grade)) AS grades
FROM (SELECT DISTINCT {group}, school_year, test_id, grade FROM scores) AS scores
JOIN tests ON tests.test_id = scores.test_id
WHERE $1::text IS NULL AND $2::text IS NULL
GROUP BY {group}, school_year, tests.test_id
ORDER BY "of", "schoolYear" DESC, "testId"
