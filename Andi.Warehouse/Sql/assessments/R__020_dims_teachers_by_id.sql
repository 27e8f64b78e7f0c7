-- Who is a teacher, and at which school? For dictGet. Nothing is cached: each lookup asks dims.teachers_current, so that a rename shows at once.
CREATE OR REPLACE DICTIONARY dims.teachers_by_id
(
    teacher_id String,
    name String,
    school_id String,
    email Nullable(String)
)
PRIMARY KEY teacher_id
SOURCE(CLICKHOUSE({{dictionary_login}}DB 'dims' TABLE 'teachers_current'))
LAYOUT(COMPLEX_KEY_DIRECT());
