-- Which test has this id? No row: none has.
SELECT test_id AS id, name, subject
FROM dims.tests_current
WHERE test_id = {id:String}
