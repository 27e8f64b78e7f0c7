-- A rating of 1 to 5 comes with the action rate, and only with it.
-- test: sql facts.resource_usage_current
SELECT usage_id
FROM facts.resource_usage_current
WHERE (action = 'rate') != ifNull(rating BETWEEN 1 AND 5, false)
