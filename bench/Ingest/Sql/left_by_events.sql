-- One text of everything that the events have left, whatever the parts it lies in.
SELECT concat(
    (SELECT toString((sum(scores), sum(total), sum(leveled), sum(levels), sum(exempt), cityHash64(toString(sumMap(histogram))))) FROM agg.classroom_scores),
    (SELECT toString((sum(scores), sum(total), sum(leveled), sum(levels), sum(exempt), cityHash64(toString(sumMap(histogram))))) FROM agg.school_scores),
    (SELECT toString((sum(scores), sum(total), sum(leveled), sum(levels), sum(exempt), cityHash64(toString(sumMap(histogram))))) FROM agg.district_scores),
    (SELECT toString((sum(scores), sum(total), cityHash64(toString(sumMap(histogram))))) FROM agg.dimension_scores),
    (SELECT toString((sum(scores), sum(total), cityHash64(toString(sumMap(histogram))))) FROM agg.district_score_values),
    (SELECT toString((sum(scores), sum(total), sumResampleMerge(0, 128, 1)(bands))) FROM agg.district_score_bands),
    (SELECT toString((count(), sum(cityHash64(score_id, overall_score)))) FROM facts.student_scores FINAL),
    (SELECT toString((count(), sum(_sign))) FROM staging.scores_changes))
