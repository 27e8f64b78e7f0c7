-- Organisations that are neither districts nor schools.
SELECT count(*) FROM import_oneroster_orgs WHERE type NOT IN ('district', 'school')
