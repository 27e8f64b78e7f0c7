-- Does a teacher give students more time to think? The wait time after questions, month by month, beside the month before that has sessions and
-- beside the first one.
--   teacher; from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    month,
    n AS sessionCount,
    avg_wait AS avgWaitTimeSeconds,
    sd_wait AS waitTimeSecondsStdDev,
    if(place > 1, avg_wait - avg_before, NULL) AS changeSincePrevious,
    if(place > 1, avg_wait - avg_first, NULL) AS changeSinceFirst
FROM
(
    SELECT
        *,
        row_number() OVER (ORDER BY month ASC) AS place,
        lagInFrame(avg_wait, 1) OVER (ORDER BY month ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS avg_before,
        first_value(avg_wait) OVER (ORDER BY month ASC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS avg_first
    FROM
    (
        SELECT
            month,
            n,
            andi_average(n, wait, 100) AS avg_wait,
            andi_stddev_pop(n, wait, wait_sq, 100) AS sd_wait
        FROM
        (
            SELECT
                toStartOfMonth(day) AS month,
                sum(sessions) AS n,
                sum(wait_total) AS wait,
                sum(wait_squares) AS wait_sq
            FROM agg.daily_teacher_performance
            WHERE _generation = {generation:UInt32}
                AND day >= {oldest:Date}
                AND teacher_id = {teacher:String}
                AND toStartOfMonth(day) BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
                AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
                AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
            GROUP BY month
            HAVING n > 0
        )
    )
)
ORDER BY month
SETTINGS max_threads = 1
