-- How many books did a school lend in a month? As PostgreSQL counts them; beside agg.school_loans.warehouse.sql.
SELECT
    school_id || ' ' || to_char(lent_on, 'YYYY-MM') AS key,
    count(*)::text AS loans
FROM public.loans
WHERE lent_on >= @oldest
GROUP BY 1
ORDER BY (school_id || ' ' || to_char(lent_on, 'YYYY-MM')) COLLATE "C"
