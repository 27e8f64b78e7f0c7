-- Results that are still to come.
SELECT count(*) FROM import_oneroster_results WHERE status = 'active' AND score IS NULL AND score_status IN ('submitted', 'partially graded')
