-- Fills facts.student_scores from every change as it lands. Of dimension_scores the numbers are taken, up to four decimals; anything else in there is
-- kept in the landing table only.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.student_scores_from_changes TO facts.student_scores AS
SELECT
    _generation,
    score_id,
    student_id,
    teacher_id,
    test_id,
    school_year,
    test_date,
    grade,
    subject,
    school_id,
    district_id,
    state_id,
    overall_score,
    overall_performance_level,
    CAST(
        arrayMap(
            pair -> (pair.1, assumeNotNull(toDecimal32OrNull(pair.2, 4))),
            arrayFilter(pair -> isNotNull(toDecimal32OrNull(pair.2, 4)), JSONExtractKeysAndValuesRaw(dimension_scores))),
        'Map(LowCardinality(String), Decimal(9, 4))') AS dimension_scores,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.scores_changes;
