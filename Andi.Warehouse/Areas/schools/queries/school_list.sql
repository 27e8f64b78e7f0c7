-- Which schools are there? By name, then by id; a page of them.
--   district: NULL for all.
--   only: the id of the one that the caller may see; NULL for all.
--   within_state: in which all must lie; empty for all.
--   The page starts behind (after_name, after_id), which are empty for the first one; at most page_size rows.
--   generation: of the rows, known at the position that the answer is for.
SELECT school_id AS schoolId, name, district_id AS districtId
FROM dims.schools FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR school_id = {only:Nullable(String)})
    AND
    (
        {within_state:String} = ''
        OR district_id IN (SELECT district_id FROM dims.districts FINAL WHERE _generation = {generation:UInt32} AND state_id = {within_state:String})
    )
    AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
    AND (name, school_id) > ({after_name:String}, {after_id:String})
ORDER BY name, school_id
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
