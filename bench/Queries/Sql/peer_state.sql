-- The comparison of a state's districts in one test, year by year, from the scores: in PostgreSQL's words, which DuckDB takes, too.
SELECT
    district_id, school_year, count(overall_score) AS total_students, avg(overall_score) AS avg_score,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(overall_score AS double precision)) AS median_score
FROM bench_scores
WHERE state_id = 'CA' AND test_id = '$test' AND overall_score IS NOT NULL
GROUP BY district_id, school_year
ORDER BY district_id, school_year
