-- Where do ClickHouse's threads stand that run a statement?
SELECT arrayStringConcat(groupArray(concat(query_id, ' | ', thread_name, ' | ', arrayStringConcat(arrayMap(address -> demangle(addressToSymbol(address)), trace), ' < '))), '\n')
FROM system.stack_trace
WHERE query_id != ''
SETTINGS allow_introspection_functions = 1
