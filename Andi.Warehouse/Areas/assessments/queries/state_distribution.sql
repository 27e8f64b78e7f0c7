-- Which scores, in ten-thousandths, were reached in a state, and how often? A row for each year and test: here the engine adds up, as the rows are too
-- many to send.
--   state; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT school_year, test_id, sumMap(histogram)
FROM agg.district_score_values
PREWHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND state_id = {state:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
GROUP BY school_year, test_id
