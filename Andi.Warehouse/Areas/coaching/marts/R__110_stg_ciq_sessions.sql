-- Which lessons were observed, on which UTC day and in which week (its Monday), how long, and how did they go? One row for each session that counts.
-- depends on: facts.ciq_sessions_current
CREATE OR REPLACE VIEW models.stg_ciq_sessions AS
SELECT
    session_id,
    teacher_id,
    school_id,
    lowerUTF8(trimBoth(subject)) AS subject,
    grade,
    toDate(started_at, 'UTC') AS taught_on,
    toMonday(taught_on) AS week,
    duration_seconds,
    student_count,
    ciq_score,
    equity_score,
    wait_time_seconds,
    student_engagement,
    teacher_talk_ratio,
    open_questions,
    closed_questions
FROM facts.ciq_sessions_current;
