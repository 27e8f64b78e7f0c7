using System.Buffers;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Bench.Ingest;

/// <summary>The same events as lines of JSON, which ClickHouse itself parses: what its Kafka engine with a materialized view does with them.</summary>
internal sealed class JsonInsert(ScoreEvents events, int eventsPerInsert)
{
    private readonly List<byte[]> _bodies = [.. Bodies(events, eventsPerInsert)];

    /// <summary>Makes the table and the view. The landing table has to be there.</summary>
    public static async Task CreateAsync(ClickHouseClient warehouse, CancellationToken cancellationToken)
    {
        await warehouse.ExecuteAsync(new("CREATE DATABASE IF NOT EXISTS bench"), cancellationToken);
        await warehouse.ExecuteAsync(new(EmbeddedSql.Read("Ingest/Sql/json_events.sql")), cancellationToken);
        await warehouse.ExecuteAsync(new(EmbeddedSql.Read("Ingest/Sql/json_events_view.sql")), cancellationToken);
    }

    /// <summary>Inserts all of them, as many bodies at a time as there are partitions.</summary>
    public async Task RunAsync(ClickHouseClient warehouse, CancellationToken cancellationToken)
    {
        var insert = new ClickHouseInsert("bench", "score_events", "JSONEachRow")
        {
            Settings = new Dictionary<string, string>
            {
                ["input_format_skip_unknown_fields"] = "1",
                ["input_format_null_as_default"] = "1",
                ["input_format_json_read_objects_as_strings"] = "1",
                // One block an insert, as large as the ingestor's.
                ["max_insert_block_size"] = "4000000",
                ["min_insert_block_size_rows"] = "4000000",
                ["min_insert_block_size_bytes"] = "8000000000",
            },
        };
        var options = new ParallelOptions { MaxDegreeOfParallelism = events.Partitions, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_bodies, options, async (body, token) => await warehouse.InsertAsync(insert, body, token));
    }

    private static IEnumerable<byte[]> Bodies(ScoreEvents events, int eventsPerInsert)
    {
        var body = new ArrayBufferWriter<byte>();
        for (var number = 0L; number < events.Count; number++)
        {
            events.WriteValue(body, number);
            body.Write("\n"u8);
            if ((number + 1) % eventsPerInsert == 0 || number + 1 == events.Count)
            {
                yield return body.WrittenSpan.ToArray();
                body.ResetWrittenCount();
            }
        }
    }
}
