-- Which resources are used, by how many teachers, in which ways, and how are they rated? One row for each resource that was used, the most used
-- first, then by id. A page of them.
-- completionRate: of the teachers who used it, how many completed it.   ratingCounts: how many gave 1, 2, 3, 4 and 5.
--   district, resource: NULL for all.   from, to: the first and the last day.
--   The page starts behind the row (after_count, after_id) where continued is true; at most page_size rows.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    toString(used.resource_id) AS id,
    described.title AS title,
    described.kind AS kind,
    described.subject AS subject,
    described.grade_band AS gradeBand,
    uses AS useCount,
    teachers AS teacherCount,
    views AS viewCount,
    downloads AS downloadCount,
    completions AS completeCount,
    shares AS shareCount,
    ratings AS rateCount,
    andi_average(ratings, stars, 1) AS avgRating,
    counts AS ratingCounts,
    andi_average(timed, seconds, 1) AS avgDurationSeconds,
    andi_average(teachers, completing, 1) AS completionRate
FROM
(
    SELECT
        resource_id,
        toInt64(count()) AS uses,
        toInt64(uniqExact(teacher_id)) AS teachers,
        toInt64(countIf(action = 'view')) AS views,
        toInt64(countIf(action = 'download')) AS downloads,
        toInt64(countIf(action = 'complete')) AS completions,
        toInt64(countIf(action = 'share')) AS shares,
        toInt64(count(rating)) AS ratings,
        sum(toInt64(ifNull(rating, 0))) AS stars,
        arrayMap(star -> toInt64(countEqual(groupArray(rating), star)), [1, 2, 3, 4, 5]) AS counts,
        toInt64(count(duration_seconds)) AS timed,
        sum(toInt64(ifNull(duration_seconds, 0))) AS seconds,
        toInt64(uniqExactIf(teacher_id, action = 'complete')) AS completing
    FROM facts.resource_usage FINAL
    WHERE _generation = {generation:UInt32}
        AND toDate(occurred_at) >= {oldest:Date}
        AND toDate(occurred_at) BETWEEN {from:Date} AND {to:Date}
        AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
        AND ({resource:Nullable(String)} IS NULL OR resource_id = {resource:Nullable(String)})
    GROUP BY resource_id
    HAVING NOT {continued:Bool}
        OR uses < {after_count:Int64}
        OR (uses = {after_count:Int64} AND resource_id > {after_id:String})
) AS used
LEFT JOIN
(
    SELECT resource_id, title, kind, subject, grade_band
    FROM dims.resources FINAL
    WHERE _generation = {generation:UInt32}
) AS described ON described.resource_id = used.resource_id
ORDER BY useCount DESC, id ASC
LIMIT {page_size:UInt32}
SETTINGS join_use_nulls = 1, use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1, do_not_merge_across_partitions_select_final = 1
