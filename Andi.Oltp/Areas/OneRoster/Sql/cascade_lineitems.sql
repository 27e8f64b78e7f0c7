-- Has the line items go with the class that is to be deleted, and tells which these are.
UPDATE import_oneroster_lineitems AS item
SET status = 'tobedeleted'
FROM import_oneroster_classes AS gone
WHERE item.status = 'active' AND gone.sourced_id = item.class_id AND gone.status = 'tobedeleted'
RETURNING item.line, 'classSourcedId', 'is to be deleted, and the row with it: ''' || gone.sourced_id || ''''
