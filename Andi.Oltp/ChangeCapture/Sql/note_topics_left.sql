-- The generation's topics are gone, or more than the broker can delete.
UPDATE andi.generations SET topics_left_at = $2 WHERE generation = $1
