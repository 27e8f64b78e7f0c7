-- Which generation do readers see?
SELECT max(generation) FROM generations WHERE current_since IS NOT NULL
