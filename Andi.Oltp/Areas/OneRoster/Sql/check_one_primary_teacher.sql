-- Which classes have a second primary teacher?
SELECT later.line, 'is true in line ' || min(first.line) || ', too, for another teacher of the class'
FROM import_rows AS later
JOIN import_rows AS first USING (class_id)
WHERE later.role = 'teacher' AND later.is_primary = 'true' AND later.status = 'active'
    AND first.role = 'teacher' AND first.is_primary = 'true' AND first.status = 'active'
    AND first.line < later.line AND first.user_id <> later.user_id
GROUP BY later.line
