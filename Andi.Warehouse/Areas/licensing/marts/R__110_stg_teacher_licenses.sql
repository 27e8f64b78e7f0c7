-- Which licences do teachers hold, by the files that were loaded? One row for each teacher, product and first day; what was taken back is not there.
-- valid_until is the last day: that of the calendar where the file names none.
-- depends on: staging.teacher_licenses_current
CREATE OR REPLACE VIEW models.stg_teacher_licenses AS
SELECT teacher_id, product, valid_from, ifNull(valid_until, toDate('2149-06-06')) AS valid_until
FROM staging.teacher_licenses_current
WHERE status = 'granted';
