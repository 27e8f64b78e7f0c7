-- Which files count, one row for each table and file? There is one row below as well, unless somebody put another there by hand; the first counts.
CREATE OR REPLACE VIEW ops.loaded_files_current AS
SELECT loaded_table, load, file_id, file_name, attempt, rows, loaded_at
FROM ops.loaded_files
ORDER BY load, attempt
LIMIT 1 BY loaded_table, file_id;
