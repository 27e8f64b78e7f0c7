-- Which tables tell which migrations were applied? One for each area.
SELECT relname::text FROM pg_class WHERE relnamespace = to_regnamespace('migrations') AND relkind = 'r' ORDER BY 1
