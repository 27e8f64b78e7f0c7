-- The rows of agg.weekly_teacher_activity that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.weekly_teacher_activity_current AS
SELECT * EXCEPT (_generation)
FROM agg.weekly_teacher_activity
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
