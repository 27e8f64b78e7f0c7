-- No batch is announced before this time; a pause that is under way gets the new end.
INSERT INTO holds (name, holder, expires_at) VALUES ('pause', 'operator', clock_timestamp() + $1)
ON CONFLICT (name) DO UPDATE SET expires_at = excluded.expires_at
RETURNING expires_at
