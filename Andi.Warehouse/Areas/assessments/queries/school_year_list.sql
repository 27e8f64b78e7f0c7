-- Which school years have scores? The newest first; a page of them.
--   The page starts behind after_year where continued is true; at most page_size rows.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT school_year AS schoolYear
FROM agg.district_score_bands
WHERE _generation = {generation:UInt32}
    AND month >= {oldest:Date}
    AND (NOT {continued:Bool} OR school_year < {after_year:String})
GROUP BY school_year
HAVING sum(scores) > 0
ORDER BY school_year DESC
LIMIT {page_size:UInt32}
SETTINGS max_threads = 1
