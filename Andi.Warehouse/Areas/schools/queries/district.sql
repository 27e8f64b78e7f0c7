-- Which district has this id? No row: none has.
--   generation: of the rows, known at the position that the answer is for.
SELECT district_id AS id, name, state_id AS stateId
FROM dims.districts FINAL
WHERE _generation = {generation:UInt32}
    AND district_id = {id:String}
SETTINGS max_threads = 1
