-- Fills facts.ciq_sessions from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.ciq_sessions_from_changes TO facts.ciq_sessions AS
SELECT
    _generation,
    session_id,
    teacher_id,
    subject,
    grade,
    started_at,
    duration_seconds,
    student_count,
    ciq_score,
    equity_score,
    wait_time_seconds,
    student_engagement,
    teacher_talk_ratio,
    open_questions,
    closed_questions,
    school_id,
    district_id,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.ciq_sessions_changes;
