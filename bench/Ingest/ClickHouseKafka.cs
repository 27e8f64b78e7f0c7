using Andi.Kafka;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Bench.Ingest;

/// <summary>The peer: ClickHouse's own Kafka engine with a materialized view that parses the same messages into the same landing table.</summary>
internal sealed class ClickHouseKafka(ClickHouseClient warehouse, KafkaConnection kafka, string topic)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Has it ingest the topic; returns once the landing table has so many rows.</summary>
    public async Task IngestAsync(long rows, CancellationToken cancellationToken)
    {
        await warehouse.ExecuteAsync(new("CREATE DATABASE bench"), cancellationToken);
        await warehouse.ExecuteAsync(
            new(EmbeddedSql.Read("Ingest/Sql/json_events_topic.sql")
                .Replace("{{broker}}", kafka.BootstrapServers, StringComparison.Ordinal)
                .Replace("{{topic}}", topic, StringComparison.Ordinal)
                .Replace("{{api_version_request}}", kafka.IsLegacyProtocol ? "false" : "true", StringComparison.Ordinal)),
            cancellationToken);
        await warehouse.ExecuteAsync(new(EmbeddedSql.Read("Ingest/Sql/json_events.sql")), cancellationToken);
        await warehouse.ExecuteAsync(new(EmbeddedSql.Read("Ingest/Sql/json_events_view.sql")), cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (await warehouse.ScalarAsync<long>(new("SELECT count() FROM staging.scores_changes"), limit.Token) < rows)
        {
            await Task.Delay(Poll, limit.Token);
        }
    }

    /// <summary>Stops it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await warehouse.ExecuteAsync(new("DROP VIEW bench.score_events_landed SYNC"), cancellationToken);
        await warehouse.ExecuteAsync(new("DROP TABLE bench.score_events SYNC"), cancellationToken);
    }
}
