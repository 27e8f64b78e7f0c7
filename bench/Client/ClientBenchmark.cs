using System.Globalization;
using Andi.Bench.Measuring;
using Andi.Bench.Setting;
using Andi.Testing;
using Andi.Warehouse.Client;
using ClickHouse.Driver.ADO;
using ClickHouse.Driver.ADO.Parameters;

namespace Andi.Bench.Client;

/// <summary>What Andi's own client costs beside the official driver, for the two uses that the product has: small answers, and rows without end.</summary>
internal sealed class ClientBenchmark : IBenchmark
{
    private const int SmallAnswers = 2_000;
    private const int Rows = 1_000_000;

    // Of the size and kinds of an answer about a classroom; nothing is read from disk, so that what differs is the clients.
    private const string SmallSql =
        "SELECT toString(number) AS testId, number AS count, number / 7 AS average, toDate('2026-01-01') + number AS day FROM numbers({rows:UInt64})";

    // As the check reads a table's rows: all as text, by the name of the column.
    private const string RowsSql =
        "SELECT concat('score-', toString(number)) AS key, toString(number % 100) AS score, toString(number % 7) AS level, 'Mathematics' AS subject "
        + "FROM numbers({rows:UInt64})";

    public string Name => "client";

    public string Question => "Answers of ClickHouse read by Andi's client, beside the official driver (ClickHouse.Driver).";

    public async Task<PartResult> RunAsync(BenchSetting setting, CancellationToken cancellationToken)
    {
        var (answers, rows) = (setting.Options.Sized(SmallAnswers), setting.Options.Sized(Rows));
        var topology = await setting.StartAsync(options => options with { Services = false }, cancellationToken);
        using var own = topology.OpenWarehouse();
        await using var driver = await OpenDriverAsync(topology, cancellationToken);
        var small = (Own: new List<double>(), Driver: new List<double>());
        var stream = (Own: new List<double>(), Driver: new List<double>());

        // The first run of each compiles the code, and does not count.
        for (var run = 0; run <= setting.Options.Runs; run++)
        {
            var (ownLatencies, driverLatencies) = (new Latencies(), new Latencies());
            for (var answer = 0; answer < answers; answer++)
            {
                await ownLatencies.TimeAsync(() => own.QueryAsync<SmallRow>(Statement(SmallSql, 20), cancellationToken));
                await driverLatencies.TimeAsync(() => ReadSmallAsync(driver, cancellationToken));
            }

            var ownSeconds = await Stopwatches.SecondsAsync(async () => Expect(rows, await CountAsync(own, rows, cancellationToken)));
            var driverSeconds = await Stopwatches.SecondsAsync(async () => Expect(rows, await CountAsync(driver, rows, cancellationToken)));
            setting.Tell(
                $"run {run}: small {ownLatencies.At(0.5):0.00} and {driverLatencies.At(0.5):0.00} ms, rows {ownSeconds:0.00} and {driverSeconds:0.00} s");
            if (run > 0)
            {
                small.Own.Add(ownLatencies.At(0.5));
                small.Driver.Add(driverLatencies.At(0.5));
                stream.Own.Add(rows / ownSeconds);
                stream.Driver.Add(rows / driverSeconds);
            }
        }

        Figures ownSmall = new("Andi's client: an answer of 20 rows, p50", "ms", small.Own), driverSmall = new("driver: the same", "ms", small.Driver);
        Figures ownRows = new("Andi's client: rows as text", "rows/s", stream.Own), driverRows = new("driver: the same", "rows/s", stream.Driver);
        return new PartResult(
            [ownSmall, driverSmall, ownSmall.Over(driverSmall, "time of a small answer, Andi's client over the driver"), ownRows, driverRows,
                ownRows.Over(driverRows, "rows a second, Andi's client over the driver")],
            [],
            [
                $"{answers:N0} small answers by turns, one at a time; {rows:N0} rows of four texts, as the check reads a table. Both speak HTTP to the same "
                + "server. docs/decisions/0021-own-clickhouse-client.md tells what follows.",
            ]);
    }

    private static async Task<ClickHouseConnection> OpenDriverAsync(RunningAndi topology, CancellationToken cancellationToken)
    {
        var options = topology.WarehouseOptions();
        var connection = new ClickHouseConnection(string.Create(
            CultureInfo.InvariantCulture,
            $"Host={options.Endpoint.Host};Port={options.Endpoint.Port};Protocol=http;Username={options.Username};Password={options.Password}"));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task ReadSmallAsync(ClickHouseConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, SmallSql, 20);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<SmallRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(reader.GetString(0), Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture), reader.GetDouble(2),
                DateOnly.FromDateTime(reader.GetDateTime(3))));
        }
    }

    private static async Task<int> CountAsync(ClickHouseClient client, int rows, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in client.StreamAsync<Dictionary<string, string?>>(Statement(RowsSql, rows), cancellationToken))
        {
            count += row.Count == 4 ? 1 : 0;
        }

        return count;
    }

    private static async Task<int> CountAsync(ClickHouseConnection connection, int rows, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, RowsSql, rows);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new Dictionary<string, string?>();
            for (var column = 0; column < reader.FieldCount; column++)
            {
                row[reader.GetName(column)] = reader.GetString(column);
            }

            count += row.Count == 4 ? 1 : 0;
        }

        return count;
    }

    private static ClickHouseStatement Statement(string sql, int rows) => new(sql) { Parameters = new() { { "rows", rows } } };

    private static ClickHouseCommand Command(ClickHouseConnection connection, string sql, int rows)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new ClickHouseDbParameter { ParameterName = "rows", ClickHouseType = "UInt64", Value = (ulong)rows });
        return command;
    }

    private static void Expect(int rows, int found)
    {
        if (found != rows)
        {
            throw new InvalidOperationException($"{found} rows came, of {rows}.");
        }
    }

    private sealed record SmallRow(string TestId, long Count, double Average, DateOnly Day);
}
