-- In which forums does the community meet? One row for each forum in which anyone took part, the liveliest first, then by name.
--   district, forum: NULL for all.   from, to: the first and the last day.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    toString(forum) AS forumName,
    toInt64(count()) AS activityCount,
    toInt64(uniqExact(teacher_id)) AS teacherCount,
    toInt64(countIf(kind = 'post')) AS postCount,
    toInt64(countIf(kind = 'reply')) AS replyCount,
    toInt64(countIf(kind = 'like')) AS likeCount,
    toInt64(countIf(kind = 'share')) AS shareCount,
    toInt64(countIf(kind = 'mentor')) AS mentorCount,
    andi_average(teacherCount, activityCount, 1) AS activitiesPerTeacher
FROM facts.community_activity FINAL
WHERE _generation = {generation:UInt32}
    AND toDate(occurred_at) >= {oldest:Date}
    AND toDate(occurred_at) BETWEEN {from:Date} AND {to:Date}
    AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
    AND ({forum:Nullable(String)} IS NULL OR forum = {forum:Nullable(String)})
GROUP BY forum
ORDER BY activityCount DESC, forumName ASC
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1, do_not_merge_across_partitions_select_final = 1
