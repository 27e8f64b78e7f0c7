-- How many parts are replaced by others, and not removed from disk yet, of tables that an erasure has changed?
SELECT toInt64(count()) FROM system.parts WHERE NOT active AND has({tables:Array(String)}, concat(database, '.', table))
