-- Which districts are there? At most so many of them.
--   most: how many.
--   generation: of the rows, known at the position that the answer is for.
SELECT district_id AS id, name, state_id AS stateId
FROM dims.districts FINAL
WHERE _generation = {generation:UInt32}
LIMIT {most:UInt32}
SETTINGS max_threads = 1
