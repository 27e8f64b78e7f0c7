-- Which statements does ClickHouse run now?
SELECT arrayStringConcat(groupArray(concat(toString(elapsed), ' s | rows ', toString(read_rows), ' read ', toString(written_rows), ' written | ', left(replaceRegexpAll(query, '\\s+', ' '), 200))), '\n')
FROM system.processes
