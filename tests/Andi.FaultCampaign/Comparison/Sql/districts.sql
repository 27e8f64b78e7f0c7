-- Which districts are there, and what do answers about each say of it?
SELECT district_id AS "of", district_id AS "districtId", name AS "districtName", state_id AS "stateId"
FROM districts
