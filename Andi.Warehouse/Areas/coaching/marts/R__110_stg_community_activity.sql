-- What did a teacher contribute to the community, and in which week (its Monday, UTC)? One row for each activity that counts.
-- depends on: facts.community_activity_current
CREATE OR REPLACE VIEW models.stg_community_activity AS
SELECT activity_id, teacher_id, school_id, kind, forum, toMonday(toDate(occurred_at, 'UTC')) AS week
FROM facts.community_activity_current;
