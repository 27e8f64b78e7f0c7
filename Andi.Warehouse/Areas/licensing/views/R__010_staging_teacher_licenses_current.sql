-- Which rows of the files count? Of the licence of a teacher for a product from one day on, the row of the file that was loaded last, and in that
-- file the last one. Files add up: one that does not name a licence leaves it as it was. Exact at every moment: rows of a file that is not recorded
-- are not there.
CREATE OR REPLACE VIEW staging.teacher_licenses_current AS
SELECT row.teacher_id AS teacher_id, row.product AS product, row.valid_from AS valid_from, row.valid_until AS valid_until, row.status AS status, file.load AS load, row._file_id AS file_id, row._line AS line
FROM staging.teacher_licenses AS row
INNER JOIN ops.loaded_files_current AS file ON file.loaded_table = 'staging.teacher_licenses' AND file.attempt = row._attempt
ORDER BY load DESC, file_id DESC, line DESC
LIMIT 1 BY teacher_id, product, valid_from;
