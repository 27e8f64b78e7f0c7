-- Which classrooms, schools, districts and students could be asked for? Some scores by chance, of those that stand.
SELECT teacher_id AS teacher, school_id AS school, district_id AS district, student_id AS student, school_year AS year, test_id AS test
FROM facts.student_scores FINAL
WHERE _generation = (SELECT generation FROM ops.current_generation) AND test_date >= andi_oldest_month()
ORDER BY rand()
LIMIT 200
