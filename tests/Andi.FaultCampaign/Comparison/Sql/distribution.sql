-- How often was each score reached in each group? {group} is the column that makes the groups.
SELECT {group} AS "of", overall_score::float8 AS score, count(*) AS "count"
FROM scores
WHERE ($1::text IS NULL OR school_year = $1)
    AND ($2::text IS NULL OR test_id = $2)
GROUP BY {group}, overall_score
ORDER BY "of", overall_score
