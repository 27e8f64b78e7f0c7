-- A district's months have as many sessions as its schools' months, and these as the teachers' weeks: each mart is the sum of the one before it.
-- Told once each was refreshed after the one before it: while a large one is, those behind it still show what was.
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
HAVING differs != 0 AND
(
    SELECT groupArray(view) = ['teacher_weeks', 'school_months', 'district_months']
    FROM
    (
        SELECT view
        FROM system.view_refreshes
        WHERE database = 'marts' AND view IN ('teacher_weeks', 'school_months', 'district_months')
        ORDER BY last_success_time, indexOf(['teacher_weeks', 'school_months', 'district_months'], view)
    )
)
