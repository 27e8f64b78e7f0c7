-- Which schools are called so, or have an id that begins so? The best matches first, with the districts that they are in; at most so many.
--   text: a part of the name, or the beginning of the id.   most: how many.
--   only: the id of the one that the caller may see; district: in which all must lie; NULL for all.
--   within_state: in which all must lie; empty for all.
--   generation: of the rows, known at the position that the answer is for.
SELECT school_id AS id, name, district_id AS within, andi_match_rank(school_id, andi_folded(name), andi_folded({text:String})) AS rank
FROM dims.schools FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR school_id = {only:Nullable(String)})
    AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
    AND
    (
        {within_state:String} = ''
        OR district_id IN (SELECT district_id FROM dims.districts FINAL WHERE _generation = {generation:UInt32} AND state_id = {within_state:String})
    )
    AND andi_matches(school_id, andi_folded(name), andi_folded({text:String}))
ORDER BY rank, name, id
LIMIT {most:UInt32}
SETTINGS max_threads = 1
