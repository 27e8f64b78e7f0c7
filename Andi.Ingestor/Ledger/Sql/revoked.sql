-- Record that ClickHouse refuses every fencing token up to this one.
UPDATE partitions SET revoked_through = greatest(revoked_through, $4) WHERE topic = $1 AND partition = $2 AND fence = $3
