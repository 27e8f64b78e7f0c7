-- How does coaching go as a whole, beside as many months before? One row: lessons, teachers who were active (in sessions, resources or the community)
-- of those who are known, and how the averages changed; NULL where there was nothing.
--   district, state: NULL for all.   from, to: the months of these days and those between them.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    period.n AS sessionCount,
    andi_average(period.n, period.ciq, 100) AS avgCiqScore,
    andi_average(period.n, period.equity, 100) AS avgEquityScore,
    andi_average(period.n, period.wait, 100) AS avgWaitTimeSeconds,
    andi_average(period.n, period.engagement, 100) AS avgStudentEngagement,
    andi_average(period.n, period.talk, 10000) AS avgTeacherTalkRatio,
    earlier.n AS previousSessionCount,
    avgCiqScore - andi_average(earlier.n, earlier.ciq, 100) AS ciqScoreChange,
    avgEquityScore - andi_average(earlier.n, earlier.equity, 100) AS equityScoreChange,
    avgWaitTimeSeconds - andi_average(earlier.n, earlier.wait, 100) AS waitTimeSecondsChange,
    avgStudentEngagement - andi_average(earlier.n, earlier.engagement, 100) AS studentEngagementChange,
    used.resource_uses AS resourceUseCount,
    used.contributions AS communityActivityCount,
    used.active_teachers AS activeTeachers,
    known.teachers AS licensedTeachers,
    andi_average(known.teachers, used.licensed_active, 1) AS adoptionRate
FROM
(
    SELECT
        sum(sessions) AS n,
        sum(ciq_total) AS ciq,
        sum(equity_total) AS equity,
        sum(wait_total) AS wait,
        sum(engagement_total) AS engagement,
        sum(talk_total) AS talk
    FROM agg.monthly_district_trends
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
        AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
) AS period
CROSS JOIN
(
    SELECT
        sum(sessions) AS n,
        sum(ciq_total) AS ciq,
        sum(equity_total) AS equity,
        sum(wait_total) AS wait,
        sum(engagement_total) AS engagement
    FROM agg.monthly_district_trends
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND month < toStartOfMonth({from:Date})
        AND toInt32(toRelativeMonthNum(month)) >= 2 * toInt32(toRelativeMonthNum({from:Date})) - toInt32(toRelativeMonthNum({to:Date})) - 1
        AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
        AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
) AS earlier
CROSS JOIN
(
    SELECT
        sum(teacher_resource_uses) AS resource_uses,
        sum(teacher_contributions) AS contributions,
        toInt64(countIf(is_active)) AS active_teachers,
        toInt64(countIf(is_active AND is_known)) AS licensed_active
    FROM
    (
        SELECT
            teacher_id,
            sum(source.resource_uses) AS teacher_resource_uses,
            sum(source.contributions) AS teacher_contributions,
            sum(source.sessions) + teacher_resource_uses + teacher_contributions > 0 AS is_active,
            teacher_id IN
            (
                SELECT teacher_id
                FROM dims.teachers FINAL
                WHERE _generation = {generation:UInt32}
                    AND school_id IN
                    (
                        SELECT school_id
                        FROM dims.schools FINAL
                        WHERE _generation = {generation:UInt32}
                            AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
                            AND district_id IN
                            (
                                SELECT district_id
                                FROM dims.districts FINAL
                                WHERE _generation = {generation:UInt32}
                                    AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
                            )
                    )
            ) AS is_known
        FROM agg.weekly_teacher_activity AS source
        WHERE _generation = {generation:UInt32}
            AND month >= {oldest:Date}
            AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
            AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
            AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
        GROUP BY teacher_id
    )
) AS used
CROSS JOIN
(
    SELECT toInt64(count()) AS teachers
    FROM dims.teachers FINAL
    WHERE _generation = {generation:UInt32}
        AND school_id IN
        (
            SELECT school_id
            FROM dims.schools FINAL
            WHERE _generation = {generation:UInt32}
                AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
                AND district_id IN
                (
                    SELECT district_id
                    FROM dims.districts FINAL
                    WHERE _generation = {generation:UInt32}
                        AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
                )
        )
) AS known
