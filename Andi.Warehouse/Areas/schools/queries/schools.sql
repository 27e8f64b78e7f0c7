-- Which schools are there? At most so many of them.
--   most: how many.
--   generation: of the rows, known at the position that the answer is for.
SELECT school_id AS id, name, district_id AS districtId
FROM dims.schools FINAL
WHERE _generation = {generation:UInt32}
LIMIT {most:UInt32}
SETTINGS max_threads = 1
