-- Which school has this id? No row: none has.
--   generation: of the rows, known at the position that the answer is for.
SELECT school_id AS id, name, district_id AS districtId
FROM dims.schools FINAL
WHERE _generation = {generation:UInt32}
    AND school_id = {id:String}
SETTINGS max_threads = 1
