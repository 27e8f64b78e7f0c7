-- Which sessions stand? As the warehouse has it at one position: a row that has not changed from there on is taken as it stands now; of one
-- that has, the history in the landing table tells what stood. The same columns in the same text forms as facts.ciq_sessions.source.sql.
WITH changed AS
(
    SELECT DISTINCT session_id
    FROM staging.ciq_sessions_changes
    WHERE _generation = {generation:UInt32} AND _position >= {position:UInt128}
)
SELECT *
FROM
(
    SELECT
        session_id AS key,
        '1' AS copies,
        teacher_id,
        subject,
        grade,
        formatDateTime(started_at, '%Y-%m-%d %H:%i:%S.%f') AS started,
        toString(duration_seconds) AS seconds,
        toString(student_count) AS students,
        toString(ciq_score) AS ciq,
        toString(equity_score) AS equity,
        toString(wait_time_seconds) AS wait,
        toString(student_engagement) AS engagement,
        toString(teacher_talk_ratio) AS talk,
        toString(open_questions) AS asked_open,
        toString(closed_questions) AS asked_closed,
        school_id,
        district_id,
        state_id
    FROM facts.ciq_sessions FINAL
    WHERE _generation = {generation:UInt32} AND toDate(started_at) >= {oldest:Date} AND session_id NOT IN (changed)

    UNION ALL

    SELECT
        session_id AS key,
        toString(sum(_sign)) AS copies,
        teacher_id,
        subject,
        grade,
        formatDateTime(started_at, '%Y-%m-%d %H:%i:%S.%f') AS started,
        toString(duration_seconds) AS seconds,
        toString(student_count) AS students,
        toString(ciq_score) AS ciq,
        toString(equity_score) AS equity,
        toString(wait_time_seconds) AS wait,
        toString(student_engagement) AS engagement,
        toString(teacher_talk_ratio) AS talk,
        toString(open_questions) AS asked_open,
        toString(closed_questions) AS asked_closed,
        school_id,
        district_id,
        state_id
    FROM staging.ciq_sessions_changes
    WHERE _generation = {generation:UInt32} AND toDate(started_at) >= {oldest:Date} AND _position < {position:UInt128} AND session_id IN (changed)
    GROUP BY session_id, teacher_id, subject, grade, started, seconds, students, ciq, equity, wait, engagement, talk, asked_open, asked_closed, school_id, district_id, state_id
    HAVING sum(_sign) != 0
)
ORDER BY key
