-- How many bytes does the table of scores take in PostgreSQL: rows alone, and with its indexes?
SELECT pg_table_size('scores'), pg_total_relation_size('scores')
