-- How many rows of the same messages have landed already?
SELECT count() FROM {{table}} WHERE (_generation, _partition, _offset) IN (SELECT _generation, _partition, _offset FROM {{copy}})
