-- The rows of agg.district_scores that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.district_scores_current AS
SELECT * EXCEPT (_generation)
FROM agg.district_scores
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
