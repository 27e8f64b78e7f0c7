-- How many books did a school lend in a month? As the aggregate had it at one position: what has changed from there on is taken back.
SELECT
    concat(school_id, ' ', formatDateTime(month, '%Y-%m')) AS key,
    toString(sum(counted)) AS loans
FROM
(
    SELECT
        school_id,
        month,
        stored.loans AS counted
    FROM agg.school_loans AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}

    UNION ALL

    SELECT
        school_id,
        toStartOfMonth(lent_on) AS month,
        -toInt64(_sign) AS counted
    FROM staging.loans_changes
    WHERE _generation = {generation:UInt32} AND lent_on >= {oldest:Date} AND _position >= {position:UInt128}
)
GROUP BY school_id, month
HAVING sum(counted) != 0
ORDER BY key
