-- The periods of a student in a class do not overlap.
-- test: sql dims.enrollments_current
SELECT class_id, student_id, from_date, next_date
FROM
(
    SELECT
        class_id, student_id, from_date, to_date,
        leadInFrame(toNullable(from_date)) OVER (
            PARTITION BY class_id, student_id ORDER BY from_date ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next_date
    FROM dims.enrollments_current
)
WHERE next_date < ifNull(to_date, toDate('2149-06-06'))
