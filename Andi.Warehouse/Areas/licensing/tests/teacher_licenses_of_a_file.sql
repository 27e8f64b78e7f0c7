-- Each row of the table is of a file that is recorded with as many rows, or of one that does not count (yet).
-- test: sql staging.teacher_licenses
SELECT file.file_id, file.rows AS recorded, countIf(row._attempt = file.attempt) AS there
FROM ops.loaded_files_current AS file
LEFT JOIN staging.teacher_licenses AS row ON row._file_id = file.file_id
WHERE file.loaded_table = 'staging.teacher_licenses'
GROUP BY file.file_id, file.rows
HAVING recorded != there
