-- Which scores of some bands were reached in the districts of a state, and how often? A score may come more than once, and with a count of 0 or less:
-- they add up.
--   state; year, test: NULL for all.   groups: which bands of which district and test.   bands: all of these bands; it finds their ranges.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    test_id,
    district_id,
    histogram
FROM agg.district_score_values
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND state_id = {state:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
    AND band IN {bands:Array(UInt8)}
    AND (test_id, district_id, band) IN {groups:Array(Tuple(String, String, UInt8))}
SETTINGS max_threads = 1
