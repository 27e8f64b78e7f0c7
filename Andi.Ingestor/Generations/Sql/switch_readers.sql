-- Readers see this generation from now on. Running it again changes nothing.
INSERT INTO ops.generations (switch, generation, reason)
SELECT {generation:UInt32}, {generation:UInt32}, 'it has caught up with the one before'
