-- Which districts are there? By name, then by id; a page of them.
--   state: NULL for all.
--   only: the id of the one that the caller may see; NULL for all.
--   The page starts behind (after_name, after_id), which are empty for the first one; at most page_size rows.
--   generation: of the rows, known at the position that the answer is for.
SELECT district_id AS districtId, name, state_id AS stateId
FROM dims.districts FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR district_id = {only:Nullable(String)})
    AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
    AND (name, district_id) > ({after_name:String}, {after_id:String})
ORDER BY name, district_id
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
