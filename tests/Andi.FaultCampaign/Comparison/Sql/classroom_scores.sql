-- How did each classroom do, test by test? Where one test of one year is asked for a row also where nobody took it.
-- $1: a school year, all, or null for the newest with rows; $2: a test, or null for all.
-- Averages and standard deviations are taken of exact integers and divided once, as IEEE 754 rounds it; so they are the same bits everywhere.
WITH dated AS
(
    SELECT *, max(school_year) OVER (PARTITION BY teacher_id) AS newest
    FROM scores
    WHERE $2::text IS NULL OR test_id = $2
),
placed AS
(
    SELECT
        dated.*,
        (overall_score * 10000)::bigint AS units,
        -- The first of the bands that begin at the score or below it.
        (
            SELECT min(place)::int
            FROM jsonb_array_elements(tests.bands) WITH ORDINALITY AS bands (band, place)
            WHERE overall_score >= (band ->> 'from')::numeric
        ) AS place
    FROM dated
    JOIN tests ON tests.test_id = dated.test_id
    WHERE $1::text = 'all' OR school_year = coalesce($1, newest)
),
classrooms AS
(
    SELECT
        teachers.teacher_id AS "of",
        teachers.teacher_id AS "teacherId",
        teachers.name AS "teacherName",
        teachers.school_id AS "schoolId",
        tests.test_id AS "testId",
        tests.subject,
        coalesce(placed.school_year, $1) AS "schoolYear",
        count(units) AS "studentCount",
        count(*) FILTER (WHERE status = 'exempt') AS "exemptCount",
        count(*) FILTER (WHERE status = 'absent') AS "absentCount",
        count(*) FILTER (WHERE status = 'invalidated') AS "invalidatedCount",
        sum(units)::float8 / nullif(count(units) * 10000, 0)::float8 AS "avgScore",
        sum(overall_performance_level)::float8 / nullif(count(overall_performance_level), 0)::float8 AS "avgPerformanceLevel",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
        min(overall_score)::float8 AS "minScore",
        max(overall_score)::float8 AS "maxScore",
        sqrt((count(units) * sum(units::numeric * units) - sum(units) * sum(units))::float8) / nullif(count(units) * 10000, 0)::float8 AS "scoreStdDev",
        (
            SELECT coalesce(jsonb_agg(band || jsonb_build_object('count', cardinality(array_positions(array_agg(place), at::int))) ORDER BY at), '[]')
            FROM jsonb_array_elements(tests.bands) WITH ORDINALITY AS bands (band, at)
        ) AS bands
    FROM teachers
    CROSS JOIN tests
    LEFT JOIN placed ON placed.teacher_id = teachers.teacher_id AND placed.test_id = tests.test_id
    WHERE CASE WHEN $2 IS NULL OR $1 = 'all' THEN placed.score_id IS NOT NULL ELSE tests.test_id = $2 END
    GROUP BY teachers.teacher_id, tests.test_id, placed.school_year
)
SELECT
    *,
    (bands -> 0 -> 'count')::bigint AS "excellentCount",
    (bands -> 1 -> 'count')::bigint AS "goodCount",
    (bands -> 2 -> 'count')::bigint AS "fairCount",
    (bands -> 3 -> 'count')::bigint AS "needsImprovementCount"
FROM classrooms
ORDER BY "of", "schoolYear", "testId"
