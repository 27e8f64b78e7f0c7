-- The generation that readers see now: one row.
CREATE OR REPLACE VIEW ops.current_generation AS
SELECT argMax(generation, switch) AS generation
FROM ops.generations;
