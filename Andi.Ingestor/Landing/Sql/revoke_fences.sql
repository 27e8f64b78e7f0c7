-- From now on rows of these fencing tokens are refused (every landing table has a constraint that looks here). Only ever added to, so that what one
-- owner revokes no other can bring back, in whatever order their statements arrive.
INSERT INTO ops.revoked_fences (landing_table, generation, partition, fence, revoked)
SELECT {table:String}, {generation:UInt32}, {partition:UInt16}, number, 1 FROM numbers({first:UInt64}, {count:UInt64})
