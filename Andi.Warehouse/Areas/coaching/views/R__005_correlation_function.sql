-- How strongly do two measures go together, from -1 to 1 (Pearson, as SQL's corr)? From the count and the sums of both, of their squares and of their
-- products, all exact integers: the differences are taken of integers, as floating point numbers lose the digits that matter. NULL where one of the
-- two does not vary. No scale: it cancels out.
CREATE OR REPLACE FUNCTION andi_correlation AS (n, x_total, x_squares, y_total, y_squares, products) ->
    if(toInt256(n) * x_squares > toInt256(x_total) * x_total AND toInt256(n) * y_squares > toInt256(y_total) * y_total,
        greatest(-1., least(1., toFloat64(toInt256(n) * products - toInt256(x_total) * y_total)
            / (sqrt(toFloat64(toInt256(n) * x_squares - toInt256(x_total) * x_total)) * sqrt(toFloat64(toInt256(n) * y_squares - toInt256(y_total) * y_total))))),
        NULL);
