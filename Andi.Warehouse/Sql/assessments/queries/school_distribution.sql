-- How often was each score reached in a school? Ascending.
--   school; year, test: NULL for all.
SELECT entry.1 / 100 AS score, entry.2 AS count
FROM
(
    SELECT arrayJoin(andi_histogram(sumMap(histogram))) AS entry
    FROM agg.school_scores_current
    WHERE school_id = {school:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
)
ORDER BY entry.1
