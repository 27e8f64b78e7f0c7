-- What is a school called, and in which district is it? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.schools_current AS
SELECT school_id, name, district_id
FROM dims.schools FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
