-- What agg.classroom_scores and the tables behind it say of a group of scores, as text: what a check compares.

-- Counted anew from the rows of facts.student_scores.
CREATE OR REPLACE FUNCTION andi_score_measures AS (score, level) -> toString((
    toInt64(count()), sum(toInt64(score * 100)), sum(toInt64(score * 100) * toInt64(score * 100)), sum(toInt64(level)),
    toInt64(countIf(score >= 90)), toInt64(countIf(score >= 80 AND score < 90)), toInt64(countIf(score >= 70 AND score < 80)), toInt64(countIf(score < 70)),
    andi_histogram(sumMap(map(toInt32(score * 100), toInt64(1))))));

-- Added up from what is stored. A count below 0 is no less a difference than one that is too high.
CREATE OR REPLACE FUNCTION andi_stored_score_measures AS (scores, total, squares, levels, excellent, good, fair, needs_improvement, histogram) -> toString((
    sum(scores), sum(total), sum(squares), sum(levels), sum(excellent), sum(good), sum(fair), sum(needs_improvement),
    andi_counts(sumMap(histogram))));

-- Of a group that is gone: it may stand with nothing in it.
CREATE OR REPLACE FUNCTION andi_no_score_measures AS () -> '(0,0,0,0,0,0,0,0,[])';
