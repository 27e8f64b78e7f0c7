-- Which districts are there now, by clean names? One row for each.
-- depends on: dims.districts_current
CREATE OR REPLACE VIEW models.stg_districts AS
SELECT district_id, trimBoth(name) AS district_name, state_id
FROM dims.districts_current;
