-- Readers see this generation from now on, unless they see a newer one already.
INSERT INTO ops.generations (switch, generation, reason)
SELECT {generation:UInt32}, {generation:UInt32}, 'its snapshot is complete'
