-- Which scores of some bands were reached in the districts of a state, and how often? A score may come more than once, and with a count of 0 or less:
-- they add up.
--   state; year, test: NULL for all.   groups: which bands of which district, year and test.   years, bands: all of theirs; they find
--   their ranges.
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
    AND school_year IN {years:Array(String)}
    AND band IN {bands:Array(UInt8)}
    AND (school_year, test_id, district_id, band) IN {groups:Array(Tuple(String, String, String, UInt8))}
SETTINGS max_threads = 1
