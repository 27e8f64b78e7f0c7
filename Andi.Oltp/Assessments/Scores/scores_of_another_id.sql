-- Which rows of import_rows name a score, while another score has their student, test and school year already?
SELECT staged.line, 'is of another score already: ''' || scores.score_id || ''''
FROM import_rows AS staged
JOIN scores USING (student_id, test_id, school_year)
WHERE staged.score_id <> scores.score_id
