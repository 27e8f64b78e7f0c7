-- A district's months have as many sessions as its schools' months, and these as the teachers' weeks: each mart is the sum of the one before it.
-- test: sql marts.district_months
SELECT level, sum(n) AS differs
FROM
(
    SELECT 'schools of districts' AS level, sum(sessions) AS n FROM marts.district_months
    UNION ALL
    SELECT 'schools of districts' AS level, -sum(sessions) AS n FROM marts.school_months
    UNION ALL
    SELECT 'weeks of schools' AS level, sum(sessions) AS n FROM marts.school_months
    UNION ALL
    SELECT 'weeks of schools' AS level, -sum(sessions) AS n FROM marts.teacher_weeks
)
GROUP BY level
HAVING differs != 0
