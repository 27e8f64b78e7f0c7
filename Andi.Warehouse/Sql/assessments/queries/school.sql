-- Which school has this id? No row: none has.
SELECT school_id AS id, name, district_id AS districtId
FROM dims.schools_current
WHERE school_id = {id:String}
