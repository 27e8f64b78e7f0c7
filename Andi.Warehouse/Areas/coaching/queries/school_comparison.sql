-- How do schools compare? One row for each school with sessions, best first by the measure asked for; equal ones have the same rank and stand by id.
-- A page of them.
--   district, state: NULL for all.   from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   measure: ciqScore, equityScore, waitTimeSeconds or studentEngagement.   after, page_size: the page starts behind that place and has at most so many rows.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT *
FROM
(
    SELECT
        row_number() OVER (ORDER BY assumeNotNull(measured) DESC, id ASC) AS place,
        rank() OVER (ORDER BY assumeNotNull(measured) DESC) AS rank,
        id,
        name,
        districtId,
        sessionCount,
        activeTeachers,
        avgCiqScore,
        avgEquityScore,
        medianEquityScore,
        avgWaitTimeSeconds,
        avgStudentEngagement,
        avgTeacherTalkRatio
    FROM
    (
        SELECT
            toString(compared.school_id) AS id,
            named.name AS name,
            named.district_id AS districtId,
            ifNull(active.teachers, 0) AS activeTeachers,
            n AS sessionCount,
            andi_average(n, ciq, 100) AS avgCiqScore,
            andi_average(n, equity, 100) AS avgEquityScore,
            andi_percentile(sorted, 100, 0.5) AS medianEquityScore,
            andi_average(n, wait, 100) AS avgWaitTimeSeconds,
            andi_average(n, engagement, 100) AS avgStudentEngagement,
            andi_average(n, talk, 10000) AS avgTeacherTalkRatio,
            multiIf(
                {measure:String} = 'equityScore', avgEquityScore,
                {measure:String} = 'waitTimeSeconds', avgWaitTimeSeconds,
                {measure:String} = 'studentEngagement', avgStudentEngagement,
                avgCiqScore) AS measured
        FROM
        (
            SELECT
                school_id,
                sum(sessions) AS n,
                sum(ciq_total) AS ciq,
                sum(equity_total) AS equity,
                sum(wait_total) AS wait,
                sum(engagement_total) AS engagement,
                sum(talk_total) AS talk,
                andi_histogram(sumMap(equity_histogram)) AS sorted
            FROM agg.weekly_school_metrics
            WHERE _generation = {generation:UInt32}
                AND month >= {oldest:Date}
                AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
                AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
                AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
                AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
                AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
            GROUP BY school_id
            HAVING n > 0
        ) AS compared
        LEFT JOIN
        (
            SELECT school_id, toInt64(count()) AS teachers
            FROM
            (
                SELECT school_id, teacher_id
                FROM agg.weekly_teacher_activity
                WHERE _generation = {generation:UInt32}
                    AND month >= {oldest:Date}
                    AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
                    AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
                    AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
                GROUP BY school_id, teacher_id
                HAVING sum(sessions) > 0
            )
            GROUP BY school_id
        ) AS active ON active.school_id = compared.school_id
        LEFT JOIN
        (
            SELECT school_id, name, district_id
            FROM dims.schools FINAL
            WHERE _generation = {generation:UInt32}
        ) AS named ON named.school_id = compared.school_id
    )
)
WHERE place > {after:UInt64}
ORDER BY place
LIMIT {page_size:UInt32}
SETTINGS join_use_nulls = 1
