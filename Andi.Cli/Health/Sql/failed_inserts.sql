-- How many inserts has the engine refused or failed since it started? Zero where it does not count.
SELECT toFloat64(sum(value)) AS failed FROM system.events WHERE event IN ('FailedInsertQuery', 'FailedAsyncInsertQuery')
