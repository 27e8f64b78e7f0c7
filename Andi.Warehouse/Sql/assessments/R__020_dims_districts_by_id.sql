-- What is a district called, and in which state is it? For dictGet. Nothing is cached: each lookup asks dims.districts_current, so that a rename shows at once.
CREATE OR REPLACE DICTIONARY dims.districts_by_id
(
    district_id String,
    name String,
    state_id String
)
PRIMARY KEY district_id
SOURCE(CLICKHOUSE({{dictionary_login}}DB 'dims' TABLE 'districts_current'))
LAYOUT(COMPLEX_KEY_DIRECT());
