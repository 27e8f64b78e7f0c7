-- Adds what each insert adds to agg.district_score_values to agg.district_score_bands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.district_score_bands_from_values TO agg.district_score_bands AS
SELECT
    _generation,
    state_id,
    test_id,
    school_year,
    district_id,
    subject,
    month,
    sum(source.scores) AS scores,
    sum(source.total) AS total,
    sumResampleState(0, 101, 1)(CAST(source.scores, 'Int64'), band) AS bands
FROM agg.district_score_values AS source
GROUP BY _generation, state_id, test_id, school_year, district_id, subject, month;
