-- How many of the teachers who were licensed were active in a week: had a session, used a resource or took part in the community? Licensed in a week is
-- who is known now in the place asked for, and who was active there in that week: a teacher who has left or moved since stays in the weeks of before.
-- A week is named by its Monday; one row for each week in which anyone was.
--   school, district, state: NULL for all; activity counts where it took place.   from, to: the weeks of these days and those between them.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
WITH licensed AS
(
    SELECT teacher_id
    FROM dims.teachers FINAL
    WHERE _generation = {generation:UInt32}
        AND school_id IN
        (
            SELECT school_id
            FROM dims.schools FINAL
            WHERE _generation = {generation:UInt32}
                AND ({school:Nullable(String)} IS NULL OR school_id = {school:Nullable(String)})
                AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
                AND district_id IN
                (
                    SELECT district_id
                    FROM dims.districts FINAL
                    WHERE _generation = {generation:UInt32}
                        AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
                )
        )
)
SELECT
    week,
    toInt64(count()) AS activeTeachers,
    toInt64(countIf(teacher_sessions > 0)) AS teachersWithSessions,
    toInt64(countIf(teacher_resource_uses > 0)) AS teachersWithResources,
    toInt64(countIf(teacher_contributions > 0)) AS teachersInCommunity,
    toInt64((SELECT count() FROM licensed) + countIf(teacher_id NOT IN (SELECT teacher_id FROM licensed))) AS licensedTeachers,
    andi_average(licensedTeachers, activeTeachers, 1) AS adoptionRate
FROM
(
    SELECT
        week,
        teacher_id,
        sum(source.sessions) AS teacher_sessions,
        sum(source.resource_uses) AS teacher_resource_uses,
        sum(source.contributions) AS teacher_contributions
    FROM agg.weekly_teacher_activity AS source
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND week BETWEEN toMonday({from:Date}) AND toMonday({to:Date})
        AND ({school:Nullable(String)} IS NULL OR school_id = {school:Nullable(String)})
        AND ({district:Nullable(String)} IS NULL OR district_id = {district:Nullable(String)})
        AND ({state:Nullable(String)} IS NULL OR state_id = {state:Nullable(String)})
    GROUP BY week, teacher_id
    HAVING teacher_sessions > 0 OR teacher_resource_uses > 0 OR teacher_contributions > 0
)
GROUP BY week
ORDER BY week
