-- Which columns does a table have, in order, and of which types?
SELECT a.attname::text, a.atttypid
FROM pg_attribute a
WHERE a.attrelid = format('%I.%I', $1::text, $2::text)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
ORDER BY a.attnum
