-- Which classrooms, each of a teacher, are of one who is called so or whose id begins so? The best matches first, with the schools that they are in; at most
-- so many.
--   text: a part of the name, or the beginning of the id.   most: how many.
--   only: the id of the one that the caller may see; school: in which all must lie; NULL for all.
--   within_district, within_state: in which all must lie; empty for all. With a district comes its state.
--   generation: of the rows, known at the position that the answer is for.
SELECT teacher_id AS id, name, school_id AS within, andi_match_rank(teacher_id, andi_folded(name), andi_folded({text:String})) AS rank
FROM dims.teachers FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR teacher_id = {only:Nullable(String)})
    AND ({school:Nullable(String)} IS NULL OR school_id = {school:Nullable(String)})
    AND
    (
        {within_state:String} = ''
        OR school_id IN
        (
            SELECT school_id
            FROM dims.schools FINAL
            WHERE _generation = {generation:UInt32}
                AND ({within_district:String} = '' OR district_id = {within_district:String})
                AND district_id IN
                (
                    SELECT district_id FROM dims.districts FINAL WHERE _generation = {generation:UInt32} AND state_id = {within_state:String}
                )
        )
    )
    AND andi_matches(teacher_id, andi_folded(name), andi_folded({text:String}))
ORDER BY rank, name, id
LIMIT {most:UInt32}
SETTINGS max_threads = 1
