-- Proves that facts.student_score_places names every place where a score stands, and none where no score ever stood: it is only added to, so a place that
-- a correction has emptied may stay. Otherwise it would hide a student's scores, or have been filled by something else than changes.
SELECT
    toString((student_id, teacher_id, school_year, test_id, month)) AS key,
    if(max(is_named), 'named', 'not named') AS stands,
    if(max(is_taken), 'named, as a score stands there', 'not named, as no score ever stood there') AS should
FROM
(
    SELECT student_id, teacher_id, school_year, test_id, month, 1 AS is_named, 0 AS is_taken, 0 AS was_taken
    FROM facts.student_score_places
    WHERE _generation = {generation:UInt32} AND month >= {oldest:Date}

    UNION ALL

    SELECT student_id, teacher_id, school_year, test_id, toStartOfMonth(test_date) AS month, 0 AS is_named, 1 AS is_taken, 1 AS was_taken
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date}

    UNION ALL

    SELECT student_id, teacher_id, school_year, test_id, toStartOfMonth(test_date) AS month, 0 AS is_named, 0 AS is_taken, 1 AS was_taken
    FROM staging.scores_changes
    WHERE _generation = {generation:UInt32} AND test_date >= {oldest:Date} AND _sign = 1
)
GROUP BY student_id, teacher_id, school_year, test_id, month
HAVING (max(is_taken) AND NOT max(is_named)) OR (max(is_named) AND NOT max(was_taken))
ORDER BY key
