-- Adds what each insert adds to agg.school_scores to agg.district_scores: far fewer rows than the changes themselves.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.district_scores_from_school TO agg.district_scores AS
SELECT
    _generation,
    district_id,
    school_year,
    test_id,
    grade,
    subject,
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
FROM agg.school_scores AS source
GROUP BY _generation, district_id, school_year, test_id, grade, subject, state_id, month;
