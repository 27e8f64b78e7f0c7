-- Asked of ClickHouse. Does a landing table hold every change once?
--   standing: rows that are there when all is added up.
--   wrongKeys: keys whose signs add up to something else than 0 (gone) or 1 (there).
--   repeated: changes that landed more than once. One position and sign has one row; only the retractions of a TRUNCATE share theirs, each of another key.
SELECT
    (SELECT toInt64(sum(_sign)) FROM {table} WHERE _generation = (SELECT generation FROM ops.current_generation)) AS standing,
    (
        SELECT toInt64(count())
        FROM (SELECT {key}, sum(_sign) AS sign FROM {table} WHERE _generation = (SELECT generation FROM ops.current_generation) GROUP BY {key})
        WHERE sign NOT IN (0, 1)
    ) AS wrongKeys,
    (
        SELECT toInt64(count())
        FROM
        (
            SELECT _generation, _position, _sign, count() AS rows, uniqExact({key}) AS keys
            FROM {table}
            GROUP BY _generation, _position, _sign
        )
        WHERE rows > keys OR (_sign = 1 AND rows > 1)
    ) AS repeated
