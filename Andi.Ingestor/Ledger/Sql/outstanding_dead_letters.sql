-- Which messages of a partition could not be ingested so far? Asked after the take-over: nobody else can change it any more.
SELECT "offset" FROM dead_letters WHERE topic = $1 AND partition = $2 AND replayed_at IS NULL AND dismissed_at IS NULL
