-- Hold ingest, unless somebody else does so under this name.
INSERT INTO holds AS h (name, holder, expires_at) VALUES ($1, $2, clock_timestamp() + $3)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
WHERE h.holder = excluded.holder OR h.expires_at <= clock_timestamp()
