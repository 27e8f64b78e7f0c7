-- How did a classroom, a school or a district do in each dimension? One row for each year, test and dimension that has scores.
--   level: classroom, school or district; entity: its id; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    school_year AS schoolYear,
    test_id AS testId,
    dimension,
    n AS studentCount,
    andi_average(n, score_total, 10000) AS avgScore,
    andi_percentile(sorted, 10000, 0.5) AS medianScore
FROM
(
    SELECT
        school_year,
        test_id,
        dimension,
        sum(scores) AS n,
        sum(total) AS score_total,
        andi_histogram(sumMap(histogram)) AS sorted
    FROM agg.dimension_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND level = CAST({level:String}, 'Enum8(\'classroom\' = 1, \'school\' = 2, \'district\' = 3)')
        AND entity_id = {entity:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    GROUP BY school_year, test_id, dimension
    HAVING n > 0
)
ORDER BY school_year, test_id, dimension
SETTINGS max_threads = 1
