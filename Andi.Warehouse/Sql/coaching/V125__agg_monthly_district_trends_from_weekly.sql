-- Adds what each insert adds to agg.weekly_school_metrics to agg.monthly_district_trends.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.monthly_district_trends_from_weekly TO agg.monthly_district_trends AS
SELECT
    _generation,
    district_id,
    month,
    subject,
    grade,
    state_id,
    sum(source.sessions) AS sessions,
    sum(source.seconds_total) AS seconds_total,
    sum(source.students_total) AS students_total,
    sum(source.ciq_total) AS ciq_total,
    sum(source.ciq_squares) AS ciq_squares,
    sum(source.equity_total) AS equity_total,
    sum(source.equity_squares) AS equity_squares,
    sum(source.wait_total) AS wait_total,
    sum(source.wait_squares) AS wait_squares,
    sum(source.engagement_total) AS engagement_total,
    sum(source.engagement_squares) AS engagement_squares,
    sum(source.talk_total) AS talk_total,
    sum(source.talk_squares) AS talk_squares,
    sum(source.open_questions_total) AS open_questions_total,
    sum(source.closed_questions_total) AS closed_questions_total,
    sum(source.engagement_by_ciq) AS engagement_by_ciq,
    sum(source.engagement_by_wait) AS engagement_by_wait,
    sumMap(source.equity_histogram) AS equity_histogram
FROM agg.weekly_school_metrics AS source
GROUP BY _generation, district_id, month, subject, grade, state_id;
