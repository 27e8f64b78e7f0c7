-- Where lines of JSON come in, in the place of a table of ClickHouse's Kafka engine: nothing is kept here.
CREATE TABLE IF NOT EXISTS bench.score_events
(
    op String,
    before Tuple(
        score_id String, student_id String, teacher_id String, test_id String, school_year String, test_date Date, overall_score Decimal(5, 2),
        overall_performance_level Int16, dimension_scores String, school_id String, district_id String, state_id String, subject String, grade String),
    after Tuple(
        score_id String, student_id String, teacher_id String, test_id String, school_year String, test_date Date, overall_score Decimal(5, 2),
        overall_performance_level Int16, dimension_scores String, school_id String, district_id String, state_id String, subject String, grade String),
    source Tuple(lsn UInt64, seq UInt32, txId UInt64, ts_ms Int64, generation UInt32)
)
ENGINE = Null
