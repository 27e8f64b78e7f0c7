-- Whose row is it? The fencing token of the ingestor that wrote it; rows of a token that was taken away are refused (V003__revoked_fences.sql).
ALTER TABLE staging.tests_changes ADD COLUMN IF NOT EXISTS _fence Int64 CODEC(ZSTD(1));

ALTER TABLE staging.tests_changes ADD CONSTRAINT IF NOT EXISTS not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', 'tests_changes', _generation, _partition, _fence) = 0;
