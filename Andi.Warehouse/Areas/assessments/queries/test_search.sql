-- Which tests are called so, or have an id that begins so? The best matches first, with their subjects; at most so many.
--   text: a part of the name, or the beginning of the id.   most: how many.
--   generation: of the rows, known at the position that the answer is for.
SELECT test_id AS id, name, subject AS within, andi_match_rank(test_id, andi_folded(name), andi_folded({text:String})) AS rank
FROM dims.tests FINAL
WHERE _generation = {generation:UInt32}
    AND andi_matches(test_id, andi_folded(name), andi_folded({text:String}))
ORDER BY rank, name, id
LIMIT {most:UInt32}
SETTINGS max_threads = 1
