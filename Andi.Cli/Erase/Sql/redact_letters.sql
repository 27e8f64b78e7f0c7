-- Says no more why messages failed where the reason quotes the person.
UPDATE dead_letters SET reason = $2
WHERE EXISTS (SELECT FROM unnest($1::text[]) AS word WHERE strpos(reason, word) > 0 OR strpos(dismissed_because, word) > 0)
