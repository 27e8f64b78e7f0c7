-- Which scores were reached in the districts of a state, and how often? All of one moment: what a comparison falls back on where rows came
-- between its two statements. As state_district_values.sql otherwise.
--   state; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    school_year,
    test_id,
    district_id,
    histogram
FROM agg.district_score_values
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND state_id = {state:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
