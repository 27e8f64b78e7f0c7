-- Who was licensed for what in a week (its Monday, UTC), on one day of it at least? One row for each teacher, product and week, from the oldest month
-- that counts (ops.oldest_month) to this week, however many licences overlap.
-- depends on: models.stg_teacher_licenses
CREATE OR REPLACE VIEW models.int_license_weeks AS
SELECT DISTINCT
    teacher_id,
    product,
    arrayJoin(arrayMap(
        n -> toMonday(greatest(valid_from, andi_oldest_month())) + 7 * n,
        range(toUInt64(greatest(0, intDiv(toMonday(least(valid_until, toDate(now('UTC')))) - toMonday(greatest(valid_from, andi_oldest_month())), 7) + 1))))) AS week
FROM models.stg_teacher_licenses;
