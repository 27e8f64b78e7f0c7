-- Which test has this id? No row: none has.
--   generation: of the rows, known at the position that the answer is for.
SELECT test_id AS id, name, subject, min_score AS minScore, max_score AS maxScore, decimals, bands, levels
FROM dims.tests FINAL
WHERE _generation = {generation:UInt32}
    AND test_id = {id:String}
SETTINGS max_threads = 1
