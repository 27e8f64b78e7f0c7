-- How does each school do month by month, a week counting to the month of its Monday? After marts.teacher_weeks, of which it is the sum.
-- depends on: marts.teacher_weeks, models.int_places
DROP VIEW IF EXISTS marts.school_months;

CREATE MATERIALIZED VIEW IF NOT EXISTS marts.school_months
REFRESH EVERY 5 MINUTE DEPENDS ON marts.teacher_weeks
ENGINE = MergeTree
ORDER BY (district_id, school_id, month)
AS
SELECT
    week_of.school_id AS school_id,
    place.school_name AS school_name,
    place.district_id AS district_id,
    toStartOfMonth(week_of.week) AS month,
    toInt64(uniqExact(week_of.teacher_id)) AS active_teachers,
    sum(week_of.sessions) AS sessions,
    sum(week_of.ciq_total) AS ciq_total,
    sum(week_of.equity_total) AS equity_total,
    sum(week_of.resource_uses) AS resource_uses,
    sum(week_of.contributions) AS contributions,
    now('UTC') AS refreshed_at
FROM marts.teacher_weeks AS week_of
LEFT JOIN models.int_places AS place ON place.school_id = week_of.school_id
GROUP BY school_id, school_name, district_id, month;
