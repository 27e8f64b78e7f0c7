using Andi.Kafka;
using Andi.Sql;
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

/// <summary>How is ClickHouse: disk, parts, mutations, failed inserts?</summary>
internal sealed class WarehouseReadings(ClickHouseClient warehouse, HealthLimits limits)
{
    public const string DiskCheck = "disk free";
    public const string PartsCheck = "active parts";
    public const string MutationCheck = "mutation";
    public const string InsertsCheck = "failed inserts";
    public const string MartCheck = "mart";

    public async Task<IReadOnlyList<Reading>> DisksAsync(CancellationToken cancellationToken)
    {
        var disks = await warehouse.QueryAsync<DiskRow>(new(EmbeddedSql.Read("Health/Sql/disks.sql")), cancellationToken);
        return [.. disks.Select(disk => Reading.AtLeast(
            DiskCheck, $"clickhouse, disk {disk.Name}", disk.Free / disk.Total * 100, "%", limits.DiskFree,
            $"{Terminal.Amount.Bytes(disk.Free)} of {Terminal.Amount.Bytes(disk.Total)}"))];
    }

    /// <summary>One for each table that has parts.</summary>
    public async Task<IReadOnlyList<Reading>> PartsAsync(CancellationToken cancellationToken)
    {
        var tables = await warehouse.QueryAsync<PartsRow>(new(EmbeddedSql.Read("Health/Sql/parts.sql")), cancellationToken);
        return [.. tables.Select(table => Reading.AtMost(
            PartsCheck, table.Name, table.Fullest, "parts", limits.Parts, $"in its fullest partition; {Terminal.Amount.Number(table.Total)} in all"))];
    }

    /// <summary>One for each that is not done; one that says 0 where all are.</summary>
    public async Task<IReadOnlyList<Reading>> MutationsAsync(CancellationToken cancellationToken)
    {
        var mutations = await warehouse.QueryAsync<MutationRow>(new(EmbeddedSql.Read("Health/Sql/mutations.sql")), cancellationToken);
        return mutations.Count == 0
            ? [Reading.AtMost(MutationCheck, "all tables", 0, "unfinished", limit: null)]
            :
            [
                .. from mutation in mutations
                   let reading = Reading.AtMost(MutationCheck, mutation.Name, mutation.Age, "ms", limits.MutationAge.TotalMilliseconds)
                   select mutation.Failure.Length == 0 ? reading : reading with { Ok = false, Detail = $"it fails: {mutation.Failure}" },
            ];
    }

    public async Task<IReadOnlyList<Reading>> FailedInsertsAsync(CancellationToken cancellationToken)
    {
        var failed = await warehouse.ScalarAsync<double>(new(EmbeddedSql.Read("Health/Sql/failed_inserts.sql")), cancellationToken);
        return [Reading.AtMost(InsertsCheck, "clickhouse, since its start", failed, "inserts", limits.FailedInserts)];
    }

    /// <summary>One for each mart: how old what it shows may be.</summary>
    public async Task<IReadOnlyList<Reading>> MartsAsync(CancellationToken cancellationToken)
    {
        var marts = await warehouse.QueryAsync<MartRow>(new(EmbeddedSql.Read("Health/Sql/marts.sql")), cancellationToken);
        return
        [
            .. from mart in marts
               let reading = Reading.AtMost(
                   MartCheck, mart.Name, mart.Age, "ms", limits.MartAge.TotalMilliseconds, $"the last refresh took {Terminal.Amount.Time(mart.Duration)}")
               select mart.Failure.Length == 0 ? reading : reading with { Ok = false, Detail = $"it fails: {mart.Failure}" },
        ];
    }
}

internal sealed record DiskRow(string Name, double Free, double Total);

internal sealed record PartsRow(string Name, double Total, double Fullest);

internal sealed record MutationRow(string Name, double Age, string Failure);

internal sealed record MartRow(string Name, double Age, double Duration, string Failure);
