-- How many books did a school lend, month by month?
--   school.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    month,
    sum(stored.loans) AS loanCount
FROM agg.school_loans AS stored
WHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND school_id = {school:String}
GROUP BY month
HAVING loanCount != 0
ORDER BY month
SETTINGS max_threads = 1
