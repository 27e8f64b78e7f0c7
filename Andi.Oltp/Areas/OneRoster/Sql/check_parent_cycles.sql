-- Which organisations are, by way of their parents, above themselves?
WITH RECURSIVE above AS
(
    SELECT line, sourced_id AS org, parent_id AS at FROM import_rows WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT above.line, above.org, parent.parent_id FROM above JOIN import_rows AS parent ON parent.sourced_id = above.at
)
CYCLE at SET is_cycle USING path
SELECT DISTINCT line, 'leads back to the organisation itself' FROM above WHERE at = org
