-- Where the topic is, and what librdkafka has to be told of a broker of the 0.9 protocol.
CREATE NAMED COLLECTION bench_topic AS
    kafka_broker_list = '{{broker}}',
    kafka_topic_list = '{{topic}}',
    kafka_group_name = 'bench-clickhouse',
    "kafka.auto_offset_reset" = 'earliest',
    "kafka.api_version_request" = '{{api_version_request}}',
    "kafka.broker_version_fallback" = '0.9.0.1'
