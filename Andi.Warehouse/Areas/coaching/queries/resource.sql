-- Which resource has this id? No row: none has.
--   generation: of the rows, known at the position that the answer is for.
SELECT resource_id AS id, title, kind, subject, grade_band AS gradeBand
FROM dims.resources FINAL
WHERE _generation = {generation:UInt32}
    AND resource_id = {id:String}
SETTINGS max_threads = 1
