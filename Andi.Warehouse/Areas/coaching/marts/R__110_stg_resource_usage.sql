-- Which resource did a teacher use, how, and in which week (its Monday, UTC)? One row for each use that counts.
-- depends on: facts.resource_usage_current
CREATE OR REPLACE VIEW models.stg_resource_usage AS
SELECT usage_id, resource_id, teacher_id, school_id, action, rating, toMonday(toDate(occurred_at, 'UTC')) AS week
FROM facts.resource_usage_current;
