-- Which classrooms, each of a teacher, are there? By the name of the teacher, then by id; a page of them.
--   school: NULL for all.
--   only: the id of the one that the caller may see; NULL for all.
--   within_district, within_state: in which all must lie; empty for all. With a district comes its state.
--   The page starts behind (after_name, after_id), which are empty for the first one; at most page_size rows.
--   generation: of the rows, known at the position that the answer is for.
SELECT teacher_id AS teacherId, name, school_id AS schoolId
FROM dims.teachers FINAL
WHERE _generation = {generation:UInt32}
    AND ({only:Nullable(String)} IS NULL OR teacher_id = {only:Nullable(String)})
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
    AND ({school:Nullable(String)} IS NULL OR school_id = {school:Nullable(String)})
    AND (name, teacher_id) > ({after_name:String}, {after_id:String})
ORDER BY name, teacher_id
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
