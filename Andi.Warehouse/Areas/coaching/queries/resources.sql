-- Which resources are there? At most as many as are kept.
--   generation: of the rows, known at the position that the answer is for.
SELECT resource_id AS id, title, kind, subject, grade_band AS gradeBand
FROM dims.resources FINAL
WHERE _generation = {generation:UInt32}
LIMIT {most:UInt32}
SETTINGS max_threads = 1
