-- Which results are of a line item that is not known, or of which nothing tells the class?
SELECT result.line, CASE
    WHEN EXISTS (SELECT FROM tests WHERE tests.test_id = result.item_id)
        THEN 'is not in lineItems.csv, and has no score yet that tells its class: ''' || result.item_id || ''''
    ELSE 'is not known: ''' || result.item_id || ''''
END
FROM import_rows AS result
WHERE result.status = 'active'
    AND NOT EXISTS (SELECT FROM import_oneroster_lineitems AS item WHERE item.sourced_id = result.item_id)
    AND NOT EXISTS (SELECT FROM scores WHERE scores.test_id = result.item_id)
