-- Which lessons of a teacher were observed, and what was measured in each? Exact at every moment, merged or not, of the current generation and the
-- months that count.
CREATE OR REPLACE VIEW facts.ciq_sessions_current AS
SELECT
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
    intDiv(_version, 2) AS _position
FROM facts.ciq_sessions FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation) AND toDate(started_at) >= andi_oldest_month();
