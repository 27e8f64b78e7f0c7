-- How does each district do month by month? After marts.school_months, of which it is the sum; a school counts to the district that it is in now.
-- depends on: marts.school_months, models.stg_districts
DROP VIEW IF EXISTS marts.district_months;

CREATE MATERIALIZED VIEW IF NOT EXISTS marts.district_months
REFRESH EVERY 5 MINUTE DEPENDS ON marts.school_months
ENGINE = MergeTree
ORDER BY (district_id, month)
AS
SELECT
    school_of.district_id AS district_id,
    district.district_name AS district_name,
    school_of.month AS month,
    toInt64(count()) AS active_schools,
    sum(school_of.sessions) AS sessions,
    sum(school_of.ciq_total) AS ciq_total,
    sum(school_of.equity_total) AS equity_total,
    sum(school_of.resource_uses) AS resource_uses,
    sum(school_of.contributions) AS contributions,
    now('UTC') AS refreshed_at
FROM marts.school_months AS school_of
LEFT JOIN models.stg_districts AS district ON district.district_id = school_of.district_id
GROUP BY district_id, district_name, month;
