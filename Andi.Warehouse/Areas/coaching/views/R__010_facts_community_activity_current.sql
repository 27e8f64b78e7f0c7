-- Which teachers took part in the community, how, in which forum and when? Exact at every moment, merged or not, of the current generation and the
-- months that count.
CREATE OR REPLACE VIEW facts.community_activity_current AS
SELECT
    activity_id,
    teacher_id,
    kind,
    forum,
    occurred_at,
    school_id,
    district_id,
    state_id,
    _committed_at,
    intDiv(_version, 2) AS _position
FROM facts.community_activity FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation) AND toDate(occurred_at) >= andi_oldest_month();
