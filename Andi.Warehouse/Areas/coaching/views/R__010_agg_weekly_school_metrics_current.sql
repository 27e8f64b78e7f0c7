-- The rows of agg.weekly_school_metrics that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.weekly_school_metrics_current AS
SELECT * EXCEPT (_generation)
FROM agg.weekly_school_metrics
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
