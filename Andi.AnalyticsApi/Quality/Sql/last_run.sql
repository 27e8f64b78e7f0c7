-- When did the last run of the data tests begin? Milliseconds since 1970; 0 where there was none.
SELECT toUnixTimestamp64Milli(max(ran_at)) FROM ops.test_results
