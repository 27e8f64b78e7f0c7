-- The rows of agg.school_scores that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.school_scores_current AS
SELECT * EXCEPT (_generation)
FROM agg.school_scores
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
