-- Is there a state of this id? It is there when a district is in it; no row otherwise.
--   generation: of the rows, known at the position that the answer is for.
SELECT state_id AS id
FROM dims.districts FINAL
WHERE _generation = {generation:UInt32}
    AND state_id = {id:String}
LIMIT 1
SETTINGS max_threads = 1
