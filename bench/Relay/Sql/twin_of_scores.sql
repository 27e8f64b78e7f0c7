-- A second table of the shape of scores, and publications for either of them, for both, and for a table that does not change.
CREATE TABLE twin_scores (LIKE scores INCLUDING ALL);
ALTER TABLE twin_scores REPLICA IDENTITY FULL;
CREATE PUBLICATION bench_first FOR TABLE scores;
CREATE PUBLICATION bench_second FOR TABLE twin_scores;
CREATE PUBLICATION bench_both FOR TABLE scores, twin_scores;
CREATE PUBLICATION bench_neither FOR TABLE tests;
