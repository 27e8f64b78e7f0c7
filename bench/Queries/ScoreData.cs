using Andi.Bench.Setting;
using Andi.Sql;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Andi.Warehouse.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Bench.Queries;

/// <summary>The same scores in ClickHouse, through the landing tables and all their views, in PostgreSQL and in DuckDB.</summary>
internal sealed class ScoreData(BenchSetting setting, ClickHouseClient warehouse, ClickHouseOptions connection, long scores)
{
    private const long ScoresOfADistrict = 45_000;
    private const long BlockRows = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private string File => Path.Combine(setting.Folder, $"scores-{scores}.csv");

    public int Districts => (int)Math.Max(1, (scores + ScoresOfADistrict - 1) / ScoresOfADistrict);

    /// <summary>Lands them in an empty warehouse, in blocks as large as the ingestor's largest.</summary>
    public async Task LandAsync(CancellationToken cancellationToken)
    {
        foreach (var database in new[] { "staging", "facts", "agg", "dims", "ops" })
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {database} SYNC", cancellationToken);
        }

        await new WarehouseMigrator(warehouse, MigrationCatalog.Embedded(), NullLogger<WarehouseMigrator>.Instance)
            .MigrateAsync(cancellationToken: cancellationToken);
        var exactlyOnce = await ExactlyOnceSettings.DiscoverAsync(warehouse, cancellationToken);
        foreach (var statement in Sql("people").Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await ExecuteAsync(statement, cancellationToken);
        }

        for (var first = 1L; first <= scores; first += BlockRows)
        {
            var sql = Sql("scores").Replace("$first", $"{first}", StringComparison.Ordinal)
                .Replace("$last", $"{Math.Min(scores, first + BlockRows - 1)}", StringComparison.Ordinal);
            var settings = new Dictionary<string, string>(exactlyOnce.For($"bench/{first}"))
            {
                ["max_block_size"] = $"{BlockRows}",
                ["max_threads"] = "1",
            };
            await warehouse.ExecuteAsync(new(sql) { Timeout = Limit, Settings = settings }, cancellationToken);
        }
    }

    /// <summary>Writes them to a file for the peers.</summary>
    public async Task WriteFileAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = connection.Endpoint, Timeout = Limit };
        http.DefaultRequestHeaders.Add("X-ClickHouse-User", connection.Username);
        http.DefaultRequestHeaders.Add("X-ClickHouse-Key", connection.Password);
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(Sql("peer_rows")) };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var file = System.IO.File.Create(File);
        await response.Content.CopyToAsync(file, cancellationToken);
    }

    public async Task CopyToPostgresAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using (var table = database.CreateCommand(Sql("postgres_table")))
        {
            await table.ExecuteNonQueryAsync(cancellationToken);
        }

        await Import.CsvFiles.CopyInAsync(database, "bench_scores", File, cancellationToken);
        await using var connected = await database.OpenConnectionAsync(cancellationToken);
        foreach (var statement in Sql("postgres_indexes").Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = new NpgsqlCommand(statement, connected) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public void CopyToDuckDb(DuckDb.DuckDbDatabase database) => database.Ask(Sql("duckdb_table").Replace("$file", File, StringComparison.Ordinal));

    private string Sql(string name) => EmbeddedSql.Read($"Queries/Sql/{name}.sql").Replace("$districts", $"{Districts}", StringComparison.Ordinal);

    private Task<ClickHouseSummary> ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        warehouse.ExecuteAsync(new(sql) { Timeout = Limit }, cancellationToken);
}
