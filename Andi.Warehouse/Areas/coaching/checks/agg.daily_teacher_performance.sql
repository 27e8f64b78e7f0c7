-- Proves that agg.daily_teacher_performance, however it was added to and taken back from, holds what counting the sessions in facts.ciq_sessions anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not.
SELECT
    toString((teacher_id, day, subject, grade, school_id, district_id, state_id)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        teacher_id,
        day,
        subject,
        grade,
        school_id,
        district_id,
        state_id,
        andi_stored_lesson_measures(
            stored.sessions, stored.seconds_total, stored.students_total, stored.ciq_total, stored.ciq_squares, stored.equity_total,
            stored.equity_squares, stored.wait_total, stored.wait_squares, stored.engagement_total, stored.engagement_squares,
            stored.talk_total, stored.talk_squares, stored.open_questions_total, stored.closed_questions_total,
            stored.engagement_by_ciq, stored.engagement_by_wait, stored.equity_histogram) AS measures
    FROM agg.daily_teacher_performance AS stored
    WHERE _generation = {generation:UInt32} AND day >= {oldest:Date}
    GROUP BY teacher_id, day, subject, grade, school_id, district_id, state_id
    HAVING measures != andi_no_lesson_measures()

    UNION ALL

    SELECT
        'should' AS side,
        teacher_id,
        toDate(started_at) AS day,
        subject,
        grade,
        school_id,
        district_id,
        state_id,
        andi_lesson_measures(
            duration_seconds, student_count, ciq_score, equity_score, wait_time_seconds, student_engagement, teacher_talk_ratio, open_questions,
            closed_questions) AS measures
    FROM facts.ciq_sessions FINAL
    WHERE _generation = {generation:UInt32} AND toDate(started_at) >= {oldest:Date}
    GROUP BY teacher_id, day, subject, grade, school_id, district_id, state_id
)
GROUP BY teacher_id, day, subject, grade, school_id, district_id, state_id
HAVING stands != should
ORDER BY key
