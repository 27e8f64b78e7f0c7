-- A classroom in one test, from the scores: in PostgreSQL's words, which DuckDB takes, too.
SELECT
    count(*), avg(overall_score), avg(overall_performance_level),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(overall_score AS double precision)), min(overall_score), max(overall_score), stddev_pop(overall_score),
    count(*) FILTER (WHERE overall_score >= 90), count(*) FILTER (WHERE overall_score >= 80 AND overall_score < 90),
    count(*) FILTER (WHERE overall_score >= 70 AND overall_score < 80), count(*) FILTER (WHERE overall_score < 70)
FROM bench_scores
WHERE teacher_id = '$teacher' AND test_id = '$test' AND school_year = '$year'
