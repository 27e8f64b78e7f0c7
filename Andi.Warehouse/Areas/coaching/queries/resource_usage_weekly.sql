-- How does the use of resources develop, week by week, and in which ways? A week is named by its Monday; one row for each week with uses.
--   district, resource: NULL for all.   from, to: the first and the last day.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    toMonday(toDate(occurred_at)) AS week,
    toInt64(count()) AS useCount,
    toInt64(uniqExact(teacher_id)) AS teacherCount,
    toInt64(uniqExact(resource_id)) AS resourceCount,
    toInt64(countIf(action = 'view')) AS viewCount,
    toInt64(countIf(action = 'download')) AS downloadCount,
    toInt64(countIf(action = 'complete')) AS completeCount,
    toInt64(countIf(action = 'share')) AS shareCount,
    toInt64(count(rating)) AS rateCount,
    andi_average(rateCount, sum(toInt64(ifNull(rating, 0))), 1) AS avgRating
FROM facts.resource_usage FINAL
WHERE _generation = {generation:UInt32}
    AND toDate(occurred_at) >= {oldest:Date}
    AND toDate(occurred_at) BETWEEN {from:Date} AND {to:Date}
    AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
    AND ({resource:Nullable(String)} IS NULL OR resource_id = {resource:Nullable(String)})
GROUP BY week
ORDER BY week
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1, do_not_merge_across_partitions_select_final = 1
