-- Which sessions stand? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside facts.ciq_sessions.warehouse.sql.
SELECT
    session_id AS key,
    '1' AS copies,
    teacher_id,
    subject,
    grade,
    to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS started,
    duration_seconds::text AS seconds,
    student_count::text AS students,
    trim_scale(ciq_score)::text AS ciq,
    trim_scale(equity_score)::text AS equity,
    trim_scale(wait_time_seconds)::text AS wait,
    trim_scale(student_engagement)::text AS engagement,
    trim_scale(teacher_talk_ratio)::text AS talk,
    open_questions::text AS asked_open,
    closed_questions::text AS asked_closed,
    school_id,
    district_id,
    state_id
FROM public.ciq_sessions
WHERE started_at >= @oldest::timestamp AT TIME ZONE 'UTC'
ORDER BY session_id COLLATE "C"
