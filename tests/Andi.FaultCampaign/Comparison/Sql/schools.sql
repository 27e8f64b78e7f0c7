-- Which schools are there, and what do answers about each say of it?
SELECT school_id AS "of", school_id AS "schoolId", name AS "schoolName", district_id AS "districtId"
FROM schools
