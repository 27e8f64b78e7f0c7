-- Which district has this id? No row: none has.
SELECT district_id AS id, name, state_id AS stateId
FROM dims.districts_current
WHERE district_id = {id:String}
