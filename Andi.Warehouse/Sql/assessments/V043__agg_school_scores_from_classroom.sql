-- Adds what each insert adds to agg.classroom_scores to agg.school_scores: far fewer rows than the changes themselves.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.school_scores_from_classroom TO agg.school_scores AS
SELECT
    _generation,
    school_id,
    school_year,
    test_id,
    grade,
    subject,
    district_id,
    state_id,
    month,
    sum(source.scores) AS scores,
    sum(source.total) AS total,
    sum(source.squares) AS squares,
    sum(source.levels) AS levels,
    sum(source.excellent) AS excellent,
    sum(source.good) AS good,
    sum(source.fair) AS fair,
    sum(source.needs_improvement) AS needs_improvement,
    sumMap(source.histogram) AS histogram
FROM agg.classroom_scores AS source
GROUP BY _generation, school_id, school_year, test_id, grade, subject, district_id, state_id, month;
