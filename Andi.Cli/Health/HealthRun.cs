using Andi.Warehouse.Client;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli.Health;

/// <summary>Looks at everything once. What cannot be found out is a reading, too; nothing is asked of a store that does not answer.</summary>
internal sealed class HealthRun(RunningStores stores, HealthLimits limits)
{
    private const int ConnectSeconds = 5;
    private static readonly TimeSpan WarehouseAnswersWithin = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<Reading>> RunAsync(CancellationToken cancellationToken)
    {
        await using var oltp = Patient(stores.Oltp);
        await using var ledger = Patient(stores.Ingest);
        using var warehouse = new ClickHouseClient(stores.WarehouseOptions() with { Timeout = WarehouseAnswersWithin, MaxReadAttempts = 1 }, NullLogger<ClickHouseClient>.Instance);
        var reached = await new StoreReadings(oltp, ledger, warehouse, stores.Kafka).ReadAsync(cancellationToken);
        var readings = new List<Reading>(reached);
        var pipeline = new PipelineReadings(oltp, ledger, stores.Kafka, limits);
        var engine = new WarehouseReadings(warehouse, limits);
        if (reached[0].Ok)
        {
            await AddAsync(PipelineReadings.SlotCheck, "relay", pipeline.SlotsAsync);
        }

        if (reached[1].Ok)
        {
            await AddAsync(PipelineReadings.LagCheck, "ingestor", token => pipeline.PartitionsAsync(reached[2].Ok, token));
            await AddAsync(PipelineReadings.LettersCheck, "all topics", pipeline.DeadLettersAsync);
        }

        if (reached[3].Ok)
        {
            await AddAsync(WarehouseReadings.DiskCheck, "clickhouse", engine.DisksAsync);
            await AddAsync(WarehouseReadings.PartsCheck, "clickhouse", engine.PartsAsync);
            await AddAsync(WarehouseReadings.MutationCheck, "clickhouse", engine.MutationsAsync);
            await AddAsync(WarehouseReadings.InsertsCheck, "clickhouse", engine.FailedInsertsAsync);
            await AddAsync(WarehouseReadings.MartCheck, "clickhouse", engine.MartsAsync);
        }

        return readings;

        async Task AddAsync(string check, string subject, Func<CancellationToken, Task<IReadOnlyList<Reading>>> read)
        {
            try
            {
                readings.AddRange(await read(cancellationToken));
            }
            catch (Exception exception) when (IsOfAStore(exception))
            {
                readings.Add(Reading.Unknown(check, subject, exception.Message));
            }
        }
    }

    /// <summary>Whether it tells of a store, and not of a mistake in here.</summary>
    public static bool IsOfAStore(Exception exception) => exception is NpgsqlException or ClickHouseException or KafkaException or TimeoutException or CommandFailure;

    private static NpgsqlDataSource Patient(string connection) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connection) { Timeout = ConnectSeconds, CommandTimeout = ConnectSeconds * 3, Pooling = false, ApplicationName = "andi health" }.ConnectionString);
}
