-- Do students take part more where lessons score higher and where they are given time to think? The correlations of engagement with CIQ score and
-- wait time over the sessions of each school of a district (level school), by id, and over all of them (level district, the last row). NULL where one
-- of the two never varied.
--   district; from, to: the months of these days and those between them.   subject, grade: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    level,
    id,
    n AS sessionCount,
    andi_average(n, engagement, 100) AS avgStudentEngagement,
    andi_average(n, ciq, 100) AS avgCiqScore,
    andi_average(n, wait, 100) AS avgWaitTimeSeconds,
    andi_correlation(n, engagement, engagement_sq, ciq, ciq_sq, engagement_ciq) AS engagementCiqCorrelation,
    andi_correlation(n, engagement, engagement_sq, wait, wait_sq, engagement_wait) AS engagementWaitTimeCorrelation
FROM
(
    SELECT
        'school' AS level,
        toString(school_id) AS id,
        sum(sessions) AS n,
        sum(ciq_total) AS ciq,
        sum(ciq_squares) AS ciq_sq,
        sum(wait_total) AS wait,
        sum(wait_squares) AS wait_sq,
        sum(engagement_total) AS engagement,
        sum(engagement_squares) AS engagement_sq,
        sum(engagement_by_ciq) AS engagement_ciq,
        sum(engagement_by_wait) AS engagement_wait
    FROM agg.weekly_school_metrics
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND district_id = {district:String}
        AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY school_id
    HAVING n > 0

    UNION ALL

    SELECT
        'district' AS level,
        toString(district_id) AS id,
        sum(sessions) AS n,
        sum(ciq_total) AS ciq,
        sum(ciq_squares) AS ciq_sq,
        sum(wait_total) AS wait,
        sum(wait_squares) AS wait_sq,
        sum(engagement_total) AS engagement,
        sum(engagement_squares) AS engagement_sq,
        sum(engagement_by_ciq) AS engagement_ciq,
        sum(engagement_by_wait) AS engagement_wait
    FROM agg.monthly_district_trends
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND district_id = {district:String}
        AND month BETWEEN toStartOfMonth({from:Date}) AND toStartOfMonth({to:Date})
        AND ({subject:Nullable(String)} IS NULL OR subject = {subject:Nullable(String)})
        AND ({grade:Nullable(String)} IS NULL OR grade = {grade:Nullable(String)})
    GROUP BY district_id
    HAVING n > 0
)
ORDER BY indexOf(['school', 'district'], level), id
SETTINGS max_threads = 1
