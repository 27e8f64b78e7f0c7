-- Which files count, in the order in which they were loaded?
SELECT loaded_table AS table, load, file_id AS fileId, file_name AS fileName, attempt, rows, loaded_at AS loadedAt
FROM ops.loaded_files_current
ORDER BY table, load, fileId
