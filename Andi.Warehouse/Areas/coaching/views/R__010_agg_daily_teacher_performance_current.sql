-- The rows of agg.daily_teacher_performance that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.daily_teacher_performance_current AS
SELECT * EXCEPT (_generation)
FROM agg.daily_teacher_performance
WHERE _generation = (SELECT generation FROM ops.current_generation) AND day >= andi_oldest_month();
