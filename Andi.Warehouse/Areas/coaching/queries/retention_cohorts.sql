-- Of the teachers who had their first session in a month, how many had one in the months after it? One row for each cohort and month in which any of
-- it had sessions; monthsSince 0 is the cohort itself. First is the first that counts, in the place asked for.
--   school, district, state: NULL for all.   from, to: the first months of these days and those between them.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    cohort AS cohortMonth,
    toInt64(dateDiff('month', cohort, month)) AS monthsSince,
    cohortTeachers,
    teachers AS activeTeachers,
    andi_average(cohortTeachers, teachers, 1) AS retentionRate
FROM
(
    SELECT
        cohort,
        month,
        teachers,
        -- All of a cohort are active in its first month, and never more than all.
        max(teachers) OVER (PARTITION BY cohort) AS cohortTeachers
    FROM
    (
        SELECT cohort, month, toInt64(count()) AS teachers
        FROM
        (
            SELECT teacher_id, month, min(month) OVER (PARTITION BY teacher_id) AS cohort
            FROM
            (
                SELECT teacher_id, month
                FROM agg.weekly_teacher_activity
                WHERE _generation = {generation:UInt32}
                    AND month >= {oldest:Date}
                    AND ({school:Nullable(String)} IS NULL OR school_id = {school:Nullable(String)})
                    AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
                    AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
                GROUP BY teacher_id, month
                HAVING sum(sessions) > 0
            )
        )
        WHERE cohort BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        GROUP BY cohort, month
    )
)
ORDER BY cohortMonth, monthsSince
