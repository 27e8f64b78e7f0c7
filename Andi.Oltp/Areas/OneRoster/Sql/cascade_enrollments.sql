-- Has the enrollments go with the class or the user that is to be deleted, and tells which these are.
UPDATE import_oneroster_enrollments AS enrolled
SET status = 'tobedeleted'
FROM (
    SELECT sourced_id, 'userSourcedId' AS field FROM import_oneroster_users WHERE status = 'tobedeleted'
    UNION ALL
    SELECT sourced_id, 'classSourcedId' FROM import_oneroster_classes WHERE status = 'tobedeleted') AS gone
WHERE enrolled.status = 'active' AND gone.sourced_id = CASE gone.field WHEN 'userSourcedId' THEN enrolled.user_id ELSE enrolled.class_id END
RETURNING enrolled.line, gone.field, 'is to be deleted, and the row with it: ''' || gone.sourced_id || ''''
