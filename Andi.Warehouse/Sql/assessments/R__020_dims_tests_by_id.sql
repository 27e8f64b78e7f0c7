-- What is a test called, and of which subject is it? For dictGet. Nothing is cached: each lookup asks dims.tests_current, so that a rename shows at once.
CREATE OR REPLACE DICTIONARY dims.tests_by_id
(
    test_id String,
    name String,
    subject String,
    max_score Decimal(7, 2)
)
PRIMARY KEY test_id
SOURCE(CLICKHOUSE({{dictionary_login}}DB 'dims' TABLE 'tests_current'))
LAYOUT(COMPLEX_KEY_DIRECT());
