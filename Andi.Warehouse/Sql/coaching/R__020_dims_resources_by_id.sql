-- What is a resource called, and of which kind, subject and grades is it? For dictGet. Nothing is cached: each lookup asks dims.resources_current, so that a rename
-- shows at once.
CREATE OR REPLACE DICTIONARY dims.resources_by_id
(
    resource_id String,
    title String,
    kind String,
    subject String,
    grade_band String
)
PRIMARY KEY resource_id
SOURCE(CLICKHOUSE({{dictionary_login}}DB 'dims' TABLE 'resources_current'))
LAYOUT(COMPLEX_KEY_DIRECT());
