-- Which tests are there? At most as many as are kept.
--   generation: of the rows, known at the position that the answer is for.
SELECT test_id AS id, name, subject
FROM dims.tests FINAL
WHERE _generation = {generation:UInt32}
LIMIT {most:UInt32}
SETTINGS max_threads = 1
