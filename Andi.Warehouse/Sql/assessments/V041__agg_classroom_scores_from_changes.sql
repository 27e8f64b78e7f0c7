-- Adds every change to agg.classroom_scores as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.classroom_scores_from_changes TO agg.classroom_scores AS
SELECT
    _generation,
    teacher_id,
    school_year,
    test_id,
    grade,
    subject,
    school_id,
    district_id,
    state_id,
    toStartOfMonth(test_date) AS month,
    sum(toInt64(_sign)) AS scores,
    sum(_sign * toInt64(overall_score * 100)) AS total,
    sum(_sign * toInt64(overall_score * 100) * toInt64(overall_score * 100)) AS squares,
    sum(_sign * toInt64(overall_performance_level)) AS levels,
    sum(_sign * toInt64(overall_score >= 90)) AS excellent,
    sum(_sign * toInt64(overall_score >= 80 AND overall_score < 90)) AS good,
    sum(_sign * toInt64(overall_score >= 70 AND overall_score < 80)) AS fair,
    sum(_sign * toInt64(overall_score < 70)) AS needs_improvement,
    sumMap(map(toInt32(overall_score * 100), toInt64(_sign))) AS histogram
FROM staging.scores_changes
GROUP BY _generation, teacher_id, school_year, test_id, grade, subject, school_id, district_id, state_id, month;
