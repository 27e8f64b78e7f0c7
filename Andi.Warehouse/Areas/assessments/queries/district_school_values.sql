-- Which scores were reached in the schools of a district, and how often? A score may come more than once, and with a count of 0 or less:
-- they add up (PlaceValues.cs). Rows as they stand, as a GROUP BY takes the engine longer than finding them.
--   district; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    school_year,
    test_id,
    school_id,
    histogram
FROM agg.school_scores
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND district_id = {district:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
-- The index of districts first, then the granules it leaves: in one go, granule by granule, they take half as long again.
SETTINGS max_threads = 1, enable_multiple_prewhere_read_steps = 0, use_skip_indexes_on_data_read = 0
