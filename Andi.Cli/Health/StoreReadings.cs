using Andi.Kafka;
using Andi.Topology;
using Andi.Warehouse.Client;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli.Health;

/// <summary>Does every store answer, and how fast?</summary>
internal sealed class StoreReadings(NpgsqlDataSource oltp, NpgsqlDataSource ledger, ClickHouseClient warehouse, KafkaConnection kafka)
{
    private const string Check = "reachable";
    private static readonly TimeSpan KafkaAnswersWithin = TimeSpan.FromSeconds(5);

    public Task<Reading[]> ReadAsync(CancellationToken cancellationToken) => Task.WhenAll(
        TimedAsync($"postgres, {ConnectionNames.Oltp}", token => AskAsync(oltp, token), cancellationToken),
        TimedAsync($"postgres, {ConnectionNames.Ingest}", token => AskAsync(ledger, token), cancellationToken),
        TimedAsync("kafka", AskKafkaAsync, cancellationToken),
        TimedAsync("clickhouse", token => warehouse.ScalarAsync<int>(new("SELECT 1"), token), cancellationToken));

    private static async Task<Reading> TimedAsync(string store, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            await ask(cancellationToken);
            return Reading.AtMost(Check, store, TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds, "ms", limit: null);
        }
        catch (Exception exception) when (HealthRun.IsOfAStore(exception))
        {
            return Reading.Unknown(Check, store, exception.Message);
        }
    }

    private static async Task AskAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private Task AskKafkaAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            using var admin = new AdminClientBuilder(kafka.ClientSettings()).LogTo(NullLogger.Instance).Build();
            admin.GetMetadata(KafkaAnswersWithin);
        },
        cancellationToken);
}
