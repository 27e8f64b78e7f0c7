-- The rows of agg.classroom_scores that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.classroom_scores_current AS
SELECT * EXCEPT (_generation)
FROM agg.classroom_scores
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
