-- A histogram is a Map(value, count) whose counts add up over _sign. These functions read one exactly. Values are integers: numbers multiplied by scale.

-- Which values are there, ascending, and how often? A count of 0 is a value that was taken back.
CREATE OR REPLACE FUNCTION andi_histogram AS (histogram) ->
    arraySort(arrayFilter(entry -> entry.2 > 0, arrayZip(mapKeys(histogram), mapValues(histogram))));

-- The same with what is below 0, which only an error can leave: for checks.
CREATE OR REPLACE FUNCTION andi_counts AS (histogram) ->
    arraySort(arrayFilter(entry -> entry.2 != 0, arrayZip(mapKeys(histogram), mapValues(histogram))));

-- The value of the given rank, 0 the smallest; sorted comes from andi_histogram.
CREATE OR REPLACE FUNCTION andi_value_at AS (sorted, scale, rank) ->
    sorted[arrayFirstIndex(below -> below > rank, arrayCumSum(entry -> entry.2, sorted))].1 / scale;

-- Between the values of the ranks around position, where is position? Linear interpolation.
CREATE OR REPLACE FUNCTION andi_value_between AS (sorted, scale, position) ->
    andi_value_at(sorted, scale, floor(position))
    + (position - floor(position)) * (andi_value_at(sorted, scale, ceil(position)) - andi_value_at(sorted, scale, floor(position)));

-- What is the quantile p of the values? NULL where there are none. The same floating point operations in the same order as PostgreSQL's
-- percentile_cont(p), so that both give the same bits.
CREATE OR REPLACE FUNCTION andi_percentile AS (sorted, scale, p) ->
    if(empty(sorted), NULL, andi_value_between(sorted, scale, p * (arraySum(entry -> entry.2, sorted) - 1)));

-- What is the standard deviation of the whole population, from count, sum and sum of squares of integers? The difference is taken of exact integers:
-- taken of floating point numbers, it loses the digits that matter where values are close together.
CREATE OR REPLACE FUNCTION andi_stddev_pop AS (n, total, squares, scale) ->
    if(n > 0, sqrt(toFloat64(toInt256(n) * squares - toInt256(total) * total)) / (n * scale), NULL);

-- What is the average? NULL where there are no values.
CREATE OR REPLACE FUNCTION andi_average AS (n, total, scale) ->
    if(n > 0, total / (n * scale), NULL);
