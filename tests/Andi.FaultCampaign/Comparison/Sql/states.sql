-- Which states are there? Those with a district.
SELECT DISTINCT state_id AS "of"
FROM districts
