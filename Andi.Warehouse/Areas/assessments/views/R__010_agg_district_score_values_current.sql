-- The rows of agg.district_score_values that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.district_score_values_current AS
SELECT * EXCEPT (_generation)
FROM agg.district_score_values
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
