-- What is a district called, and in which state is it? Exact at every moment, merged or not.
CREATE OR REPLACE VIEW dims.districts_current AS
SELECT district_id, name, state_id
FROM dims.districts FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation);
