-- Is there a state of this id? It is there when a district is in it; no row otherwise.
SELECT state_id AS id
FROM dims.districts_current
WHERE state_id = {id:String}
LIMIT 1
