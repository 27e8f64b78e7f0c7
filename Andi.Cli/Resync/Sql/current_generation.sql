-- Which generation do readers see, and how many before it are still there?
SELECT
    (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL),
    (
        SELECT count(*) FROM generations
        WHERE retired_at IS NULL AND generation < (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL)
    )
