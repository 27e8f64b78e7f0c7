-- A classroom in one test of a year, from the scores, with the test's bands: in PostgreSQL's words, which DuckDB takes, too.
SELECT
    count(overall_score), avg(overall_score), avg(overall_performance_level),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CAST(overall_score AS double precision)), min(overall_score), max(overall_score), stddev_pop(overall_score),
    count(*) FILTER (WHERE status = 'exempt'), count(*) FILTER (WHERE status = 'absent'), count(*) FILTER (WHERE status = 'invalidated'),
    count(*) FILTER (WHERE overall_score >= 90), count(*) FILTER (WHERE overall_score >= 80 AND overall_score < 90),
    count(*) FILTER (WHERE overall_score >= 70 AND overall_score < 80), count(*) FILTER (WHERE overall_score < 70)
FROM bench_scores
WHERE teacher_id = '$teacher' AND test_id = '$test' AND school_year = '$year'
