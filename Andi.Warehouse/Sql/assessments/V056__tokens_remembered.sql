-- For how long is a deduplication token remembered? A block leaves one for each month it touches, so tables with a partition a month need more: 50,000,
-- where 30 inserts may follow a pending one (Andi.Ingestor/Ownership/PartitionLedger.cs) and test dates reach over 1560 months.
ALTER TABLE facts.student_scores MODIFY SETTING non_replicated_deduplication_window = 50000;
ALTER TABLE facts.student_score_places MODIFY SETTING non_replicated_deduplication_window = 50000;
ALTER TABLE agg.classroom_scores MODIFY SETTING non_replicated_deduplication_window = 50000;
ALTER TABLE agg.school_scores MODIFY SETTING non_replicated_deduplication_window = 50000;
ALTER TABLE agg.district_scores MODIFY SETTING non_replicated_deduplication_window = 50000;
ALTER TABLE agg.dimension_scores MODIFY SETTING non_replicated_deduplication_window = 50000;
