-- Line items as tests, with the subject of their class and the scale of their results. Bands of a test that is there stay for as long as its scale does.
INSERT INTO import_tests (line, test_id, name, subject, min_score, max_score, decimals, bands, levels)
SELECT item.line, item.sourced_id, item.title, coalesce(classes.subject, tests.subject), scale.lowest, scale.highest,
    greatest(coalesce(tests.decimals, {{decimals}}), min_scale(scale.lowest), min_scale(scale.highest)),
    CASE
        WHEN (tests.min_score, tests.max_score) = (scale.lowest, scale.highest) THEN tests.bands
        WHEN (scale.lowest, scale.highest) = ({{lowest}}, {{highest}}) THEN '{{bands}}'
        ELSE '[]'
    END,
    coalesce(tests.levels, '{{levels}}')
FROM import_oneroster_lineitems AS item
CROSS JOIN LATERAL (SELECT coalesce(item.lowest::numeric, {{lowest}}), coalesce(item.highest::numeric, {{highest}})) AS scale (lowest, highest)
LEFT JOIN classes ON classes.class_id = item.class_id
LEFT JOIN tests ON tests.test_id = item.sourced_id
WHERE item.status = 'active'
