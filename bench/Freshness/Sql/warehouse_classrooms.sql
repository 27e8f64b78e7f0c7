-- What do the classrooms' aggregates say?
SELECT format('{} {} {} {}', teacher_id, test_id, toString(sum(classroom.scores)), toString(sum(classroom.total))) AS line
FROM agg.classroom_scores AS classroom
WHERE _generation = 1
GROUP BY teacher_id, test_id
HAVING sum(classroom.scores) != 0
