-- The rows of agg.dimension_scores that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.dimension_scores_current AS
SELECT * EXCEPT (_generation)
FROM agg.dimension_scores
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
