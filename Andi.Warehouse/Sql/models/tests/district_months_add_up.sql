-- The marts add up: a district's months have as many sessions as the facts.
-- test: sql marts.district_months
SELECT sum(sessions) AS in_marts, (SELECT count() FROM facts.ciq_sessions_current) AS in_facts
FROM marts.district_months
HAVING in_marts != in_facts
