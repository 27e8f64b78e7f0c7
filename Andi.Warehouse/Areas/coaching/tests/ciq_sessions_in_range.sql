-- Scores and ratios of a session lie within what they can be, and it had students.
-- test: sql facts.ciq_sessions_current
SELECT session_id
FROM facts.ciq_sessions_current
WHERE ciq_score NOT BETWEEN 0 AND 100
    OR equity_score NOT BETWEEN 0 AND 100
    OR student_engagement NOT BETWEEN 0 AND 100
    OR teacher_talk_ratio NOT BETWEEN 0 AND 1
    OR wait_time_seconds < 0
