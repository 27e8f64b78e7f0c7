-- When was this file loaded into the table, under which name, and by which attempt? No row where it was not.
SELECT load, file_name AS fileName, attempt, rows, loaded_at AS loadedAt
FROM ops.loaded_files_current
WHERE loaded_table = {table:String} AND file_id = {file:String}
