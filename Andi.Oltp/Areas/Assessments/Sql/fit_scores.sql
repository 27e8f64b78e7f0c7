-- Brings staged scores onto the scale of their test.
--   $1 whether a value beyond an end of the scale becomes that end, $2 whether decimals that the scale does not have are rounded, half away from zero.
UPDATE import_scores AS staged
SET
    overall_score = CASE WHEN $1 THEN least(greatest(rounded.overall_score, rounded.min_score), rounded.max_score) ELSE rounded.overall_score END,
    dimension_scores = rounded.dimension_scores
FROM
(
    SELECT
        import_scores.line,
        test.min_score,
        test.max_score,
        CASE WHEN $2 THEN round(import_scores.overall_score, test.decimals) ELSE import_scores.overall_score END AS overall_score,
        (
            SELECT coalesce(jsonb_object_agg(key, CASE WHEN $1 THEN least(greatest(value, test.min_score), test.max_score) ELSE value END), '{}')
            FROM (
                SELECT key, CASE WHEN $2 THEN round(value::numeric, test.decimals) ELSE value::numeric END AS value
                FROM jsonb_each(import_scores.dimension_scores)
            ) AS dimension
        ) AS dimension_scores
    FROM import_scores
    JOIN tests AS test USING (test_id)
    WHERE EXISTS (
        SELECT FROM score_flaws(
            test.test_id, test.min_score, test.max_score, test.decimals, jsonb_array_length(test.levels),
            import_scores.overall_score, NULL, import_scores.dimension_scores))
) AS rounded
WHERE staged.line = rounded.line
