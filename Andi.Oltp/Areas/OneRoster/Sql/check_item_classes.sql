-- Which line items are of a class that is not known, or that has no subject for the test?
SELECT item.line, CASE
    WHEN classes.class_id IS NULL THEN 'is not known: ''' || item.class_id || ''''
    ELSE 'has no subject, neither by its course nor by itself: ''' || item.class_id || ''''
END
FROM import_rows AS item
LEFT JOIN classes ON classes.class_id = item.class_id
LEFT JOIN tests ON tests.test_id = item.sourced_id
WHERE item.status = 'active' AND (classes.class_id IS NULL OR coalesce(classes.subject, tests.subject) IS NULL)
