-- What agg.classroom_scores and the tables behind it say of a group of scores, as text: what a check compares.

-- Counted anew from the rows of facts.student_scores.
CREATE OR REPLACE FUNCTION andi_score_measures AS (status, score, level) -> toString((
    toInt64(countIf(status = 'scored')), sum(toInt64(toDecimal64(ifNull(score, 0), 4) * 10000)), toInt64(count(level)), sum(toInt64(ifNull(level, 0))),
    toInt64(countIf(status = 'exempt')), toInt64(countIf(status = 'absent')), toInt64(countIf(status = 'invalidated')),
    andi_histogram(sumMapIf(map(toInt32(toDecimal64(ifNull(score, 0), 4) * 10000), toInt64(1)), status = 'scored'))));

-- Added up from what is stored. A count below 0 is no less a difference than one that is too high.
CREATE OR REPLACE FUNCTION andi_stored_score_measures AS (scores, total, leveled, levels, exempt, absent, invalidated, histogram) -> toString((
    sum(scores), sum(total), sum(leveled), sum(levels), sum(exempt), sum(absent), sum(invalidated),
    andi_counts(sumMap(histogram))));

-- Of a group that is gone: it may stand with nothing in it.
CREATE OR REPLACE FUNCTION andi_no_score_measures AS () -> '(0,0,0,0,0,0,0,[])';
