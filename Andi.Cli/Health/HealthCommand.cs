using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Andi.Cli.Terminal;
using Andi.Warehouse.Client;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli.Health;

/// <summary><c>health</c>: looks at every store and at the way between them, and says what is beyond a limit.</summary>
internal static class HealthCommand
{
    private const int Wrong = 1;

    public static Command Create()
    {
        var limits = new HealthLimitOptions();
        var json = new Option<bool>("--json") { Description = "Answer as JSON." };
        var runFile = RunningStores.RunFileOption();
        var command = new Command(
            "health",
            "Report whether every store answers, how far the relay and the ingestors are behind, the state of ClickHouse (disk, active parts, "
            + "unfinished mutations, failed inserts, marts), and outstanding dead letters. Changes nothing. Ends with 0 if every reading is within "
            + $"its limit, {Wrong} if one is not or could not be taken.")
        {
            json, runFile,
        };
        foreach (var limit in limits.All)
        {
            command.Options.Add(limit);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            var readings = await new HealthRun(RunningStores.Find(arguments.GetValue(runFile)), limits.Read(arguments)).RunAsync(cancellationToken);
            var output = new HealthOutput(readings.All(reading => reading.Ok), TimeProvider.System.GetUtcNow(), readings);
            output.Print(arguments.GetValue(json));
            return output.Ok ? 0 : Wrong;
        });
        return command;
    }
}

/// <summary>Looks at everything once. What cannot be found out is a reading, too; nothing is asked of a store that does not answer.</summary>
internal sealed class HealthRun(RunningStores stores, HealthLimits limits)
{
    private const int ConnectSeconds = 5;
    private static readonly TimeSpan WarehouseAnswersWithin = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<Reading>> RunAsync(CancellationToken cancellationToken)
    {
        await using var oltp = WithTimeout(stores.Oltp);
        await using var ledger = WithTimeout(stores.Ingest);
        using var warehouse = new ClickHouseClient(
            stores.WarehouseOptions() with { Timeout = WarehouseAnswersWithin, MaxReadAttempts = 1 }, NullLogger<ClickHouseClient>.Instance);
        var reached = await new StoreReadings(oltp, ledger, warehouse, stores.Kafka).ReadAsync(cancellationToken);
        var readings = new List<Reading>(reached);
        var pipeline = new PipelineReadings(oltp, ledger, stores.Kafka, limits);
        var engine = new WarehouseReadings(warehouse, limits);
        if (reached[0].Ok)
        {
            await AddAsync(PipelineReadings.SlotCheck, "relay", pipeline.SlotsAsync);
            await AddAsync(PipelineReadings.CaptureCheck, "all tables", pipeline.FlawsAsync);
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
    public static bool IsOfAStore(Exception exception) =>
        exception is NpgsqlException or ClickHouseException or KafkaException or TimeoutException or CommandFailure;

    private static NpgsqlDataSource WithTimeout(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection)
        {
            Timeout = ConnectSeconds,
            CommandTimeout = ConnectSeconds * 3,
            Pooling = false,
            ApplicationName = "andi health",
        };
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }
}

/// <summary>What <c>health</c> answers, for people and for programs.</summary>
/// <param name="Ok">Nothing is beyond its limit or unknown.</param>
/// <param name="At">When it was looked.</param>
internal sealed record HealthOutput(bool Ok, DateTimeOffset At, IReadOnlyList<Reading> Readings)
{
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(this, HealthJson.Default.HealthOutput));
            return;
        }

        var table = new TextTable("", "what", "of", "#is", "#limit", "");
        foreach (var reading in Readings)
        {
            table.Add(reading.Ok ? "ok" : "WRONG", reading.Check, reading.Subject, reading.ValueText, reading.LimitText, reading.Detail ?? "");
        }

        Console.Write(table);
        var wrong = Readings.Count(reading => !reading.Ok);
        Console.WriteLine(wrong == 0 ? "All is well." : $"{wrong} of {Readings.Count} are wrong.");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HealthOutput))]
internal sealed partial class HealthJson : JsonSerializerContext;
