-- How do the schools of a district compare, test by test? One row for each school and test that has scores; a page of them.
--   district; year, test: NULL for all.   sort: name, id, testId, subject, totalStudents, avgScore or medianScore, descending or not; then id and testId.
--   The page starts after the row (after_text or after_number as its sort value, after_id, after_test) where continued is true; numbers are given by
--   their bits, as a decimal text could be read as a neighbour. At most page_size rows.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT id, name, testId, subject, totalStudents, avgScore, medianScore, sort_text AS sortText, reinterpretAsUInt64(sort_number) AS sortNumber
FROM
(
    SELECT
        toString(compared.school_id) AS id,
        named.name AS name,
        toString(compared.test_id) AS testId,
        ifNull(taken.subject, subject_then) AS subject,
        n AS totalStudents,
        assumeNotNull(andi_average(n, score_total, 100)) AS avgScore,
        middle[1] / 100 + 0.5 * (middle[2] / 100 - middle[1] / 100) AS medianScore,
        multiIf({sort:String} = 'name', ifNull(name, ''), {sort:String} = 'id', id, {sort:String} = 'testId', testId, {sort:String} = 'subject', subject, '') AS sort_text,
        multiIf({sort:String} = 'totalStudents', toFloat64(n), {sort:String} = 'avgScore', avgScore, {sort:String} = 'medianScore', medianScore, 0.) AS sort_number
    FROM
    (
        SELECT
            school_id,
            test_id,
            max(subject) AS subject_then,
            sum(count) AS n,
            sum(value * count) AS score_total,
            -- The two values in the middle, the same one twice where there is one in the middle: of up to 10^9 scores, as rank and level are told apart by 10^-10.
            -- What was taken back adds up to a weight of nothing, whatever its sign, as unsigned numbers go round.
            quantilesExactWeighted(0.5, 0.5000000001)(value, toUInt64(count)) AS middle
        FROM agg.school_scores
        ARRAY JOIN mapKeys(histogram) AS value, mapValues(histogram) AS count
        WHERE _generation = {generation:UInt32}
            AND month >= {oldest:Date}
            AND district_id = {district:String}
            AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
            AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
        GROUP BY school_id, test_id
        HAVING n > 0
    ) AS compared
    LEFT JOIN
    (
        SELECT school_id, name
        FROM dims.schools FINAL
        WHERE _generation = {generation:UInt32}
            AND school_id IN
            (
                SELECT school_id
                FROM agg.school_scores
                WHERE _generation = {generation:UInt32}
                    AND district_id = {district:String}
            )
    ) AS named ON named.school_id = compared.school_id
    LEFT JOIN
    (
        SELECT test_id, subject
        FROM dims.tests FINAL
        WHERE _generation = {generation:UInt32}
    ) AS taken ON taken.test_id = compared.test_id
)
WHERE NOT {continued:Bool}
    OR if({descending:Bool},
        (sort_text, sort_number) < ({after_text:String}, reinterpretAsFloat64({after_number:UInt64})),
        (sort_text, sort_number) > ({after_text:String}, reinterpretAsFloat64({after_number:UInt64})))
    OR ((sort_text, sort_number) = ({after_text:String}, reinterpretAsFloat64({after_number:UInt64})) AND (id, testId) > ({after_id:String}, {after_test:String}))
ORDER BY
    if({descending:Bool}, '', sort_text) ASC,
    if({descending:Bool}, sort_text, '') DESC,
    if({descending:Bool}, -sort_number, sort_number) ASC,
    id ASC,
    testId ASC
LIMIT {page_size:UInt32}
SETTINGS join_use_nulls = 1
