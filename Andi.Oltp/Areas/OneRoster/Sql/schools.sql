-- Organisations of the type school, with the nearest district among their parents.
INSERT INTO import_schools (line, school_id, name, district_id)
WITH RECURSIVE above AS
(
    SELECT line, parent_id AS at, 1 AS distance FROM import_oneroster_orgs WHERE type = 'school' AND status = 'active'
    UNION ALL
    SELECT above.line, parent.parent_id, above.distance + 1
    FROM above JOIN import_oneroster_orgs AS parent ON parent.sourced_id = above.at AND parent.type <> 'district'
)
CYCLE at SET is_cycle USING path
SELECT school.line, school.sourced_id, school.name, (
    SELECT districts.district_id FROM above JOIN districts ON districts.district_id = above.at
    WHERE above.line = school.line
    ORDER BY above.distance LIMIT 1)
FROM import_oneroster_orgs AS school
WHERE school.type = 'school' AND school.status = 'active'
