-- Which tests are there? At most so many of them.
--   most: how many.
--   generation: of the rows, known at the position that the answer is for.
SELECT test_id AS id, name, subject, min_score AS minScore, max_score AS maxScore, decimals, bands, levels
FROM dims.tests FINAL
WHERE _generation = {generation:UInt32}
LIMIT {most:UInt32}
SETTINGS max_threads = 1
