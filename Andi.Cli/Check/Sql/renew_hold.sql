-- Go on holding ingest; changes nothing where the lease has run out, as batches may have been announced since.
UPDATE holds SET expires_at = clock_timestamp() + $3 WHERE name = $1 AND holder = $2 AND expires_at > clock_timestamp()
