-- How many of the teachers of a school who were licensed for a product in a week used it? A teacher counts at the school of now, with what was done
-- in the week at whichever school: coaching is used by an observed session, resources by using one, community by contributing. Licences of teachers
-- who are not known (any more) do not count.
-- depends on: marts.teacher_weeks, models.int_license_weeks, models.int_places, models.stg_teachers
DROP VIEW IF EXISTS marts.license_adoption;

CREATE MATERIALIZED VIEW IF NOT EXISTS marts.license_adoption
REFRESH EVERY 5 MINUTE DEPENDS ON marts.teacher_weeks
ENGINE = MergeTree
ORDER BY (district_id, school_id, product, week)
AS
SELECT
    licensed.week AS week,
    teacher.school_id AS school_id,
    place.school_name AS school_name,
    place.district_id AS district_id,
    licensed.product AS product,
    toInt64(count()) AS licensed_teachers,
    toInt64(countIf(multiIf(
        licensed.product = 'coaching', done.sessions > 0,
        licensed.product = 'resources', done.resource_uses > 0,
        licensed.product = 'community', done.contributions > 0,
        false))) AS active_teachers,
    now('UTC') AS refreshed_at
FROM models.int_license_weeks AS licensed
INNER JOIN models.stg_teachers AS teacher ON teacher.teacher_id = licensed.teacher_id
LEFT JOIN models.int_places AS place ON place.school_id = teacher.school_id
LEFT JOIN
(
    SELECT teacher_id, week, sum(source.sessions) AS sessions, sum(source.resource_uses) AS resource_uses, sum(source.contributions) AS contributions
    FROM marts.teacher_weeks AS source
    GROUP BY teacher_id, week
) AS done ON done.teacher_id = licensed.teacher_id AND done.week = licensed.week
GROUP BY week, school_id, school_name, district_id, product;
