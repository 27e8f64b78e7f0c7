-- Which schools are there now, by clean names? One row for each.
-- depends on: dims.schools_current
CREATE OR REPLACE VIEW models.stg_schools AS
SELECT school_id, trimBoth(name) AS school_name, district_id
FROM dims.schools_current;
