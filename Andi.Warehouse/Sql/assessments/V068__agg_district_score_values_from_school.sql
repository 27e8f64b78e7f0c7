-- Adds what each insert adds to agg.school_scores to agg.district_score_values. The values are put beside each other, not added up: a third of the time, and merges add them up.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.district_score_values_from_school TO agg.district_score_values AS
SELECT
    _generation,
    state_id,
    test_id,
    school_year,
    toUInt8(least(greatest(intDiv(score, 100), 0), 100)) AS band,
    district_id,
    subject,
    month,
    sum(n) AS scores,
    sum(n * score) AS total,
    CAST((groupArray(score), groupArray(n)), 'Map(Int32, Int64)') AS histogram
FROM agg.school_scores AS source
ARRAY JOIN mapKeys(source.histogram) AS score, mapValues(source.histogram) AS n
GROUP BY _generation, state_id, test_id, school_year, band, district_id, subject, month;
