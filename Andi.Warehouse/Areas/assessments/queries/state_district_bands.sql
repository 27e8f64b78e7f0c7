-- How do the districts of a state compare, test by test: how many scores, which sum, how many in each band? One row for each district, year and
-- test that has or had scores. The bands say where the values in the middle are, which state_district_values.sql then gives
-- (DistrictsOfState.cs).
--   state; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    school_year,
    test_id,
    district_id,
    sum(source.total) AS score_total,
    sumResampleMerge(0, 128, 1)(bands) AS counts
FROM agg.district_score_bands AS source
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND state_id = {state:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
GROUP BY school_year, test_id, district_id
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0
