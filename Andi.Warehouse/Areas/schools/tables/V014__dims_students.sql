-- Who is a student, in which grade and at which school? As of now. Readers use dims.students_current.
CREATE TABLE IF NOT EXISTS dims.students
(
    _generation UInt32 CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    -- What andi_folded makes of the name: a search reads it of every student, and folding takes several times as long.
    folded_name String MATERIALIZED if(isValidASCII(name), lower(name), caseFoldUTF8(removeDiacriticsUTF8(name))) CODEC(ZSTD(1)),
    grade LowCardinality(String),
    school_id String CODEC(ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, student_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.students_from_changes TO dims.students AS
SELECT
    _generation,
    student_id,
    name,
    grade,
    school_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.students_changes;
