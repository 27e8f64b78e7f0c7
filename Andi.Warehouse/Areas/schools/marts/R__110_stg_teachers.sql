-- Who are the teachers now, by clean names? One row for each.
-- depends on: dims.teachers_current
CREATE OR REPLACE VIEW models.stg_teachers AS
SELECT teacher_id, trimBoth(name) AS teacher_name, school_id
FROM dims.teachers_current;
