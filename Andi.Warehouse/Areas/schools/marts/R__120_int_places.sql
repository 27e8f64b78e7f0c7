-- In which district and state is a school now? One row for each school whose district is known.
-- depends on: models.stg_districts, models.stg_schools
CREATE OR REPLACE VIEW models.int_places AS
SELECT school.school_id AS school_id, school.school_name AS school_name, district.district_id AS district_id, district.district_name AS district_name, district.state_id AS state_id
FROM models.stg_schools AS school
INNER JOIN models.stg_districts AS district ON district.district_id = school.district_id;
