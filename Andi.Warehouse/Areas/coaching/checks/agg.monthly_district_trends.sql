-- Proves that agg.monthly_district_trends, however it was added to and taken back from, holds what counting the sessions in facts.ciq_sessions anew gives.
-- The rows that come are the groups that differ, with both sides; a group that is gone (all zero) may stand or not.
SELECT
    toString((district_id, month, subject, grade, state_id)) AS key,
    anyIf(measures, side = 'stands') AS stands,
    anyIf(measures, side = 'should') AS should
FROM
(
    SELECT
        'stands' AS side,
        district_id,
        month,
        subject,
        grade,
        state_id,
        sum(stored.sessions) AS sessions,
        sum(stored.seconds_total) AS seconds_total,
        sum(stored.students_total) AS students_total,
        sum(stored.ciq_total) AS ciq_total,
        sum(stored.ciq_squares) AS ciq_squares,
        sum(stored.equity_total) AS equity_total,
        sum(stored.equity_squares) AS equity_squares,
        sum(stored.wait_total) AS wait_total,
        sum(stored.wait_squares) AS wait_squares,
        sum(stored.engagement_total) AS engagement_total,
        sum(stored.engagement_squares) AS engagement_squares,
        sum(stored.talk_total) AS talk_total,
        sum(stored.talk_squares) AS talk_squares,
        sum(stored.open_questions_total) AS open_questions_total,
        sum(stored.closed_questions_total) AS closed_questions_total,
        sum(stored.engagement_by_ciq) AS engagement_by_ciq,
        sum(stored.engagement_by_wait) AS engagement_by_wait,
        sumMap(stored.equity_histogram) AS equity_histogram,
        toString((
            sessions, seconds_total, students_total, ciq_total, ciq_squares, equity_total,
            equity_squares, wait_total, wait_squares, engagement_total, engagement_squares, talk_total,
            talk_squares, open_questions_total, closed_questions_total, engagement_by_ciq, engagement_by_wait,
            arraySort(arrayFilter(entry -> entry.2 != 0, arrayZip(mapKeys(equity_histogram), mapValues(equity_histogram)))))) AS measures
    FROM agg.monthly_district_trends AS stored
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}
    GROUP BY district_id, month, subject, grade, state_id
    HAVING NOT (
        sessions = 0 AND seconds_total = 0 AND students_total = 0 AND ciq_total = 0 AND ciq_squares = 0 AND equity_total = 0
        AND equity_squares = 0 AND wait_total = 0 AND wait_squares = 0 AND engagement_total = 0 AND engagement_squares = 0 AND talk_total = 0
        AND talk_squares = 0 AND open_questions_total = 0 AND closed_questions_total = 0 AND engagement_by_ciq = 0 AND engagement_by_wait = 0
        AND arrayAll(n -> n = 0, mapValues(equity_histogram)))

    UNION ALL

    SELECT
        'should' AS side,
        district_id,
        month,
        subject,
        grade,
        state_id,
        toInt64(count()) AS sessions,
        sum(seconds) AS seconds_total,
        sum(students) AS students_total,
        sum(ciq) AS ciq_total,
        sum(ciq * ciq) AS ciq_squares,
        sum(equity) AS equity_total,
        sum(equity * equity) AS equity_squares,
        sum(wait) AS wait_total,
        sum(wait * wait) AS wait_squares,
        sum(engagement) AS engagement_total,
        sum(engagement * engagement) AS engagement_squares,
        sum(talk) AS talk_total,
        sum(talk * talk) AS talk_squares,
        sum(asked_open) AS open_questions_total,
        sum(asked_closed) AS closed_questions_total,
        sum(engagement * ciq) AS engagement_by_ciq,
        sum(engagement * wait) AS engagement_by_wait,
        sumMap(map(toInt32(equity), toInt64(1))) AS equity_histogram,
        toString((
            sessions, seconds_total, students_total, ciq_total, ciq_squares, equity_total,
            equity_squares, wait_total, wait_squares, engagement_total, engagement_squares, talk_total,
            talk_squares, open_questions_total, closed_questions_total, engagement_by_ciq, engagement_by_wait,
            arraySort(arrayZip(mapKeys(equity_histogram), mapValues(equity_histogram))))) AS measures
    FROM
    (
        SELECT
            district_id,
            toStartOfMonth(toDate(started_at)) AS month,
            subject,
            grade,
            state_id,
            toInt64(duration_seconds) AS seconds,
            toInt64(student_count) AS students,
            toInt64(ciq_score * 100) AS ciq,
            toInt64(equity_score * 100) AS equity,
            toInt64(wait_time_seconds * 100) AS wait,
            toInt64(student_engagement * 100) AS engagement,
            toInt64(toDecimal64(teacher_talk_ratio, 4) * 10000) AS talk,
            toInt64(open_questions) AS asked_open,
            toInt64(closed_questions) AS asked_closed
        FROM facts.ciq_sessions FINAL
        WHERE _generation = {generation:UInt32} AND toDate(started_at) >= {oldest:Date}
    )
    GROUP BY district_id, month, subject, grade, state_id
)
GROUP BY district_id, month, subject, grade, state_id
HAVING stands != should
ORDER BY key
