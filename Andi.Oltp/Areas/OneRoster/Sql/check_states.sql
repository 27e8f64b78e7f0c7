-- Of which districts is the state told nowhere?
SELECT line, 'is required of a new district; the parameter stateId gives it for all of the set'
FROM import_rows AS org
WHERE org.type = 'district' AND org.status = 'active' AND org.state_id IS NULL
    AND NOT EXISTS (SELECT FROM districts WHERE districts.district_id = org.sourced_id)
