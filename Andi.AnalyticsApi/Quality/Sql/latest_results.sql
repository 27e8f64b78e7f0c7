-- What did each data test find when it was run last?
SELECT test, status, failing_rows AS failingRows, message, ran_at AS ranAt
FROM ops.test_results
ORDER BY test, ran_at DESC
LIMIT 1 BY test
