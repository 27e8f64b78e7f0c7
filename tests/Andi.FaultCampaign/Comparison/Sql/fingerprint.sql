-- Has any row of any captured table changed?
SELECT md5(string_agg(row, ',' ORDER BY row))
FROM
(
    SELECT districts::text AS row FROM districts
    UNION ALL SELECT schools::text FROM schools
    UNION ALL SELECT teachers::text FROM teachers
    UNION ALL SELECT students::text FROM students
    UNION ALL SELECT tests::text FROM tests
    UNION ALL SELECT scores::text FROM scores
    UNION ALL SELECT ciq_sessions::text FROM ciq_sessions
    UNION ALL SELECT resources::text FROM resources
    UNION ALL SELECT resource_usage::text FROM resource_usage
    UNION ALL SELECT community_activity::text FROM community_activity
) AS rows
