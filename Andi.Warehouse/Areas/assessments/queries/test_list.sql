-- Which tests are there? By name, then by id; a page of them.
--   The page starts behind (after_name, after_id), which are empty for the first one; at most page_size rows.
--   generation: of the rows, known at the position that the answer is for.
SELECT test_id AS testId, name, subject
FROM dims.tests FINAL
WHERE _generation = {generation:UInt32}
    AND (name, test_id) > ({after_name:String}, {after_id:String})
ORDER BY name, test_id
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
