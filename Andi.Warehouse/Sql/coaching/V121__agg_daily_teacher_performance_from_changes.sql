-- Adds every change to agg.daily_teacher_performance as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.daily_teacher_performance_from_changes TO agg.daily_teacher_performance AS
SELECT
    _generation,
    teacher_id,
    day,
    subject,
    grade,
    school_id,
    district_id,
    state_id,
    sum(sign) AS sessions,
    sum(sign * seconds) AS seconds_total,
    sum(sign * students) AS students_total,
    sum(sign * ciq) AS ciq_total,
    sum(sign * ciq * ciq) AS ciq_squares,
    sum(sign * equity) AS equity_total,
    sum(sign * equity * equity) AS equity_squares,
    sum(sign * wait) AS wait_total,
    sum(sign * wait * wait) AS wait_squares,
    sum(sign * engagement) AS engagement_total,
    sum(sign * engagement * engagement) AS engagement_squares,
    sum(sign * talk) AS talk_total,
    sum(sign * talk * talk) AS talk_squares,
    sum(sign * asked_open) AS open_questions_total,
    sum(sign * asked_closed) AS closed_questions_total,
    sum(sign * engagement * ciq) AS engagement_by_ciq,
    sum(sign * engagement * wait) AS engagement_by_wait,
    sumMap(map(toInt32(equity), sign)) AS equity_histogram
FROM
(
    SELECT
        _generation,
        teacher_id,
        toDate(started_at) AS day,
        subject,
        grade,
        school_id,
        district_id,
        state_id,
        toInt64(_sign) AS sign,
        toInt64(duration_seconds) AS seconds,
        toInt64(student_count) AS students,
        toInt64(ciq_score * 100) AS ciq,
        toInt64(equity_score * 100) AS equity,
        toInt64(wait_time_seconds * 100) AS wait,
        toInt64(student_engagement * 100) AS engagement,
        toInt64(toDecimal64(teacher_talk_ratio, 4) * 10000) AS talk,
        toInt64(open_questions) AS asked_open,
        toInt64(closed_questions) AS asked_closed
    FROM staging.ciq_sessions_changes
)
GROUP BY _generation, teacher_id, day, subject, grade, school_id, district_id, state_id;
