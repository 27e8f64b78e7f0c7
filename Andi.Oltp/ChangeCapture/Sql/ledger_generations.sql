-- In the ledger: which generation do readers read, and up to which one is nothing read any more? Null: none yet.
SELECT
    (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL),
    (SELECT max(generation) FROM generations WHERE retired_at IS NOT NULL)
