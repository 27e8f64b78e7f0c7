-- Which states have districts? By id; a page of them.
--   only: the id of the one that the caller may see; NULL for all.
--   The page starts behind after_id; at most page_size rows.
--   generation: of the rows, known at the position that the answer is for.
SELECT DISTINCT state_id AS stateId
FROM dims.districts FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR state_id = {only:Nullable(String)})
    AND state_id > {after_id:String}
ORDER BY stateId
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
