-- Which columns does a table have that PostgreSQL publishes, in order, and of which types? A virtual one has no value to publish.
SELECT a.attname::text, a.atttypid
FROM pg_attribute a
WHERE a.attrelid = format('%I.%I', $1::text, $2::text)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> 'v'
ORDER BY a.attnum
