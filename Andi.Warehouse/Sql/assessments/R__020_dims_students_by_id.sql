-- Who is a student, in which grade and at which school? For dictGet. Nothing is cached: each lookup asks dims.students_current, so that a rename shows at once.
CREATE OR REPLACE DICTIONARY dims.students_by_id
(
    student_id String,
    name String,
    grade String,
    school_id String
)
PRIMARY KEY student_id
SOURCE(CLICKHOUSE({{dictionary_login}}DB 'dims' TABLE 'students_current'))
LAYOUT(COMPLEX_KEY_DIRECT());
