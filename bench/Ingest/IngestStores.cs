using Andi.Bench.Measuring;
using Andi.Bench.Setting;
using Andi.Ingestor.Landing;
using Andi.Kafka;
using Andi.Sql;
using Andi.Testing;
using Andi.Topology;
using Andi.Warehouse.Client;
using Npgsql;

namespace Andi.Bench.Ingest;

/// <summary>Fresh stores whose topics are there and known to the ingestor, and no service at work.</summary>
internal sealed class IngestStores : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly RunningAndi _topology;
    private readonly NpgsqlDataSource _ledger;

    private IngestStores(RunningAndi topology)
    {
        _topology = topology;
        _ledger = NpgsqlDataSource.Create(topology.Run.ConnectionStrings[ConnectionNames.Ingest]);
        Warehouse = topology.OpenWarehouse();
        Kafka = topology.Kafka();
        Topic = new EventTopic(Kafka);
    }

    public ClickHouseClient Warehouse { get; }

    public KafkaConnection Kafka { get; }

    public EventTopic Topic { get; }

    public static async Task<IngestStores> StartAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        // As an operator with a backlog would have it: with one partition neither the ingestor nor the floor gets both cores to insert.
        var topology = await setting.StartAsync(options => options with { Arguments = [.. options.Arguments, "--kafka-partitions", "2"] }, cancellationToken);
        await using (var database = NpgsqlDataSource.Create(topology.Run.Postgres))
        {
            // Then the relay has made its topics, and the ingestor knows them.
            await Readers.SeeAllAsync(topology, database, Limit, cancellationToken);
        }

        foreach (var service in new[] { ResourceNames.AnalyticsApi, ResourceNames.OltpApi, ResourceNames.Ingestor })
        {
            await topology.Processes.StopAsync(service);
        }

        return new IngestStores(topology);
    }

    /// <summary>Where changes of scores land, as ClickHouse describes it.</summary>
    public async Task<LandingTable> LandingTableAsync(CancellationToken cancellationToken)
    {
        var tables = new LandingTables(Warehouse);
        await tables.RefreshAsync(cancellationToken);
        return tables.Find("scores")!;
    }

    /// <summary>What the stores take of the processors from now on.</summary>
    public ProcessorShares Shares() =>
        new(new[] { ResourceNames.Postgres, ResourceNames.KafkaBroker, ResourceNames.ClickHouse }.ToDictionary(name => name, _topology.Processes.IdOf));

    /// <summary>Has an ingestor ingest the topic, which has so many messages.</summary>
    /// <returns>
    /// Seconds from its take-over of the first partition to the last batch, by the ledger's own times; how many inserts; its memory; who took how many
    /// seconds of the processors, its start included.
    /// </returns>
    public async Task<(double Seconds, long Inserts, double PeakMb, IReadOnlyList<(string Name, double Seconds)> Taken)> IngestAsync(
        long messages, CancellationToken cancellationToken)
    {
        var shares = Shares();
        await _topology.Processes.StartAsync(ResourceNames.Ingestor, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (true)
        {
            await using var command = _ledger.CreateCommand(EmbeddedSql.Read("Ingest/Sql/ledger_progress.sql"));
            command.Parameters.AddInOrder(Topic.Name);
            await using var row = await command.ExecuteReaderAsync(limit.Token);
            await row.ReadAsync(limit.Token);
            if (row.GetInt64(0) >= messages)
            {
                var ingestor = _topology.Processes.IdOf(ResourceNames.Ingestor);
                var peakMb = ResidentPeak.MbOf(ingestor);
                var taken = shares.Taken().Append((ResourceNames.Ingestor, ProcessorTime.SecondsOf(ingestor))).ToList();
                await _topology.Processes.StopAsync(ResourceNames.Ingestor);
                return (row.GetDouble(1), row.GetInt64(2), peakMb, taken);
            }

            await Task.Delay(Poll, limit.Token);
        }
    }

    /// <summary>All that the events have left, as one text, whatever the parts it lies in.</summary>
    public Task<string> SumAsync(CancellationToken cancellationToken) =>
        Warehouse.ScalarAsync<string>(new(EmbeddedSql.Read("Ingest/Sql/left_by_events.sql")) { Timeout = Limit }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Warehouse.Dispose();
        await _ledger.DisposeAsync();
        await _topology.StopAsync();
    }
}
