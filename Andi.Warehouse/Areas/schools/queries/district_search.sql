-- Which districts are called so, or have an id that begins so? The best matches first, with the states that they are in; at most so many.
--   text: a part of the name, or the beginning of the id.   most: how many.
--   only: the id of the one that the caller may see; state: in which all must lie; NULL for all.
--   generation: of the rows, known at the position that the answer is for.
SELECT district_id AS id, name, state_id AS within, andi_match_rank(district_id, andi_folded(name), andi_folded({text:String})) AS rank
FROM dims.districts FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR district_id = {only:Nullable(String)})
    AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
    AND andi_matches(district_id, andi_folded(name), andi_folded({text:String}))
ORDER BY rank, name, id
LIMIT {most:UInt32}
SETTINGS max_threads = 1
