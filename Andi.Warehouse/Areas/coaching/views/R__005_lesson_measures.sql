-- What agg.daily_teacher_performance and the tables behind it say of a group of sessions, as text: what a check compares.

-- Counted anew from the rows of facts.ciq_sessions.
CREATE OR REPLACE FUNCTION andi_lesson_measures AS
    (duration_seconds, student_count, ciq_score, equity_score, wait_time_seconds, student_engagement, teacher_talk_ratio, open_questions, closed_questions) ->
    toString((
        toInt64(count()), sum(toInt64(duration_seconds)), sum(toInt64(student_count)),
        sum(toInt64(ciq_score * 100)), sum(toInt64(ciq_score * 100) * toInt64(ciq_score * 100)),
        sum(toInt64(equity_score * 100)), sum(toInt64(equity_score * 100) * toInt64(equity_score * 100)),
        sum(toInt64(wait_time_seconds * 100)), sum(toInt64(wait_time_seconds * 100) * toInt64(wait_time_seconds * 100)),
        sum(toInt64(student_engagement * 100)), sum(toInt64(student_engagement * 100) * toInt64(student_engagement * 100)),
        sum(toInt64(toDecimal64(teacher_talk_ratio, 4) * 10000)),
        sum(toInt64(toDecimal64(teacher_talk_ratio, 4) * 10000) * toInt64(toDecimal64(teacher_talk_ratio, 4) * 10000)),
        sum(toInt64(open_questions)), sum(toInt64(closed_questions)),
        sum(toInt64(student_engagement * 100) * toInt64(ciq_score * 100)), sum(toInt64(student_engagement * 100) * toInt64(wait_time_seconds * 100)),
        andi_histogram(sumMap(map(toInt32(equity_score * 100), toInt64(1))))));

-- Added up from what is stored. A count below 0 is no less a difference than one that is too high.
CREATE OR REPLACE FUNCTION andi_stored_lesson_measures AS
    (sessions, seconds_total, students_total, ciq_total, ciq_squares, equity_total, equity_squares, wait_total, wait_squares, engagement_total,
     engagement_squares, talk_total, talk_squares, open_questions_total, closed_questions_total, engagement_by_ciq, engagement_by_wait, equity_histogram) ->
    toString((
        sum(sessions), sum(seconds_total), sum(students_total), sum(ciq_total), sum(ciq_squares), sum(equity_total), sum(equity_squares),
        sum(wait_total), sum(wait_squares), sum(engagement_total), sum(engagement_squares), sum(talk_total), sum(talk_squares),
        sum(open_questions_total), sum(closed_questions_total), sum(engagement_by_ciq), sum(engagement_by_wait),
        andi_counts(sumMap(equity_histogram))));

-- Of a group that is gone: it may stand with nothing in it.
CREATE OR REPLACE FUNCTION andi_no_lesson_measures AS () -> '(0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,[])';
