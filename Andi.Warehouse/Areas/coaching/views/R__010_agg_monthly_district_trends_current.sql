-- The rows of agg.monthly_district_trends that count: of the current generation and the months that count. Several rows may be of one group: sum them.
CREATE OR REPLACE VIEW agg.monthly_district_trends_current AS
SELECT * EXCEPT (_generation)
FROM agg.monthly_district_trends
WHERE _generation = (SELECT generation FROM ops.current_generation) AND month >= andi_oldest_month();
