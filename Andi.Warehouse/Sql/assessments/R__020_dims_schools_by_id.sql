-- What is a school called, and in which district is it? For dictGet. Nothing is cached: each lookup asks dims.schools_current, so that a rename shows at once.
CREATE OR REPLACE DICTIONARY dims.schools_by_id
(
    school_id String,
    name String,
    district_id String
)
PRIMARY KEY school_id
SOURCE(CLICKHOUSE({{dictionary_login}}DB 'dims' TABLE 'schools_current'))
LAYOUT(COMPLEX_KEY_DIRECT());
