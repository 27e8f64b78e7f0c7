-- Organisations of the type district. The state stays where the set does not name one.
INSERT INTO import_districts (line, district_id, name, state_id)
SELECT org.line, org.sourced_id, org.name, coalesce(org.state_id, districts.state_id)
FROM import_oneroster_orgs AS org
LEFT JOIN districts ON districts.district_id = org.sourced_id
WHERE org.type = 'district' AND org.status = 'active'
