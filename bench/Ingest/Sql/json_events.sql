-- The topic of scores as a table of ClickHouse's own Kafka engine, a consumer for each partition, blocks as large as the ingestor's.
CREATE TABLE bench.score_events
(
    op String,
    before Tuple(
        score_id String, student_id String, teacher_id String, test_id String, school_year String, test_date Date, status String,
        overall_score Nullable(Decimal(9, 4)), overall_performance_level Nullable(Int16), dimension_scores String, school_id String, district_id String,
        state_id String, grade String),
    after Tuple(
        score_id String, student_id String, teacher_id String, test_id String, school_year String, test_date Date, status String,
        overall_score Nullable(Decimal(9, 4)), overall_performance_level Nullable(Int16), dimension_scores String, school_id String, district_id String,
        state_id String, grade String),
    source Tuple(lsn UInt64, seq UInt32, txId UInt64, ts_ms Int64, generation UInt32)
)
ENGINE = Kafka(bench_topic)
SETTINGS kafka_format = 'JSONEachRow', kafka_num_consumers = 2, kafka_thread_per_consumer = 1, kafka_max_block_size = 100000,
    input_format_skip_unknown_fields = 1, input_format_null_as_default = 1, input_format_json_read_objects_as_strings = 1
