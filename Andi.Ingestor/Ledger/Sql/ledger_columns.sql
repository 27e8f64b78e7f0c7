-- Which columns do the tables of this database have?
SELECT coalesce(array_agg(format('%s.%s', table_name, column_name) ORDER BY table_name, ordinal_position), '{}')
FROM information_schema.columns
WHERE table_schema = 'public'
