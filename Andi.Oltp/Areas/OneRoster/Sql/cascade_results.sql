-- Has the results go with the line item or the student that is to be deleted, and tells which these are.
UPDATE import_oneroster_results AS result
SET status = 'tobedeleted'
FROM (
    SELECT sourced_id, 'studentSourcedId' AS field FROM import_oneroster_users WHERE status = 'tobedeleted'
    UNION ALL
    SELECT sourced_id, 'lineItemSourcedId' FROM import_oneroster_lineitems WHERE status = 'tobedeleted') AS gone
WHERE result.status = 'active' AND gone.sourced_id = CASE gone.field WHEN 'studentSourcedId' THEN result.student_id ELSE result.item_id END
RETURNING result.line, gone.field, 'is to be deleted, and the row with it: ''' || gone.sourced_id || ''''
