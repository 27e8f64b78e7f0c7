-- Which schools have no district among their parents, and why?
WITH RECURSIVE above AS
(
    SELECT line, parent_id AS at FROM import_rows WHERE type = 'school' AND status = 'active'
    UNION ALL
    SELECT above.line, parent.parent_id
    FROM above JOIN import_rows AS parent ON parent.sourced_id = above.at AND parent.status = 'active' AND parent.type <> 'district'
)
CYCLE at SET is_cycle USING path
SELECT school.line, CASE
    WHEN school.parent_id IS NULL THEN 'is required of a school: it leads to the district'
    WHEN NOT EXISTS (SELECT FROM import_rows AS parent WHERE parent.sourced_id = school.parent_id AND parent.status = 'active')
        THEN 'is not known: ''' || school.parent_id || ''''
    ELSE 'leads to no district: ''' || school.parent_id || ''''
END
FROM import_rows AS school
WHERE school.type = 'school' AND school.status = 'active' AND NOT EXISTS (
    SELECT FROM above
    WHERE above.line = school.line AND (
        EXISTS (SELECT FROM import_rows AS org WHERE org.sourced_id = above.at AND org.type = 'district' AND org.status = 'active')
        OR EXISTS (SELECT FROM districts WHERE districts.district_id = above.at)))
