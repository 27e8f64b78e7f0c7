-- How often was each score reached in a classroom? Ascending.
--   teacher; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT entry.1 / 100 AS score, entry.2 AS count
FROM
(
    SELECT arrayJoin(andi_histogram(sumMap(histogram))) AS entry
    FROM agg.classroom_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND teacher_id = {teacher:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
)
ORDER BY entry.1
SETTINGS max_threads = 1
