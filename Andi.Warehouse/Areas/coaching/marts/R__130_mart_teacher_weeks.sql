-- What did each teacher do week by week? A table of its own, made anew every five minutes; refreshed_at tells when.
-- depends on: models.int_teacher_weeks, models.stg_teachers
DROP VIEW IF EXISTS marts.teacher_weeks;

CREATE MATERIALIZED VIEW IF NOT EXISTS marts.teacher_weeks
REFRESH EVERY 5 MINUTE
ENGINE = MergeTree
ORDER BY (school_id, teacher_id, week)
AS
SELECT
    done.teacher_id AS teacher_id,
    teacher.teacher_name AS teacher_name,
    done.school_id AS school_id,
    done.week AS week,
    done.sessions AS sessions,
    done.ciq_total AS ciq_total,
    done.equity_total AS equity_total,
    done.resource_uses AS resource_uses,
    done.contributions AS contributions,
    now('UTC') AS refreshed_at
FROM models.int_teacher_weeks AS done
LEFT JOIN models.stg_teachers AS teacher ON teacher.teacher_id = done.teacher_id;
