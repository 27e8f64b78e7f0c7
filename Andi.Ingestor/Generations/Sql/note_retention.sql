-- Notes from which month on the warehouse's rows count.   $1 the month's first day
INSERT INTO retention (oldest_month, noted_at) VALUES ($1, clock_timestamp())
ON CONFLICT (is_one) DO UPDATE SET oldest_month = excluded.oldest_month, noted_at = excluded.noted_at
WHERE retention.oldest_month <> excluded.oldest_month
