using Andi.Sql;
using Andi.Warehouse.Client;
using Andi.Warehouse.DataTests;

namespace Andi.Cli.Check;

/// <summary>What the check asks ClickHouse. Sorts and groups of any size are spilled to its disk.</summary>
internal sealed class CheckedWarehouse(ClickHouseClient client)
{
    /// <summary>How long one statement may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["max_bytes_before_external_sort"] = "268435456",
        ["max_bytes_before_external_group_by"] = "268435456",
        ["max_bytes_ratio_before_external_sort"] = "0",
        ["max_bytes_ratio_before_external_group_by"] = "0",
        ["max_threads"] = "2",
    };

    /// <summary>The generation that readers see.</summary>
    public Task<uint> CurrentGenerationAsync(CancellationToken cancellationToken) =>
        client.ScalarAsync<uint>(new("SELECT generation FROM ops.current_generation"), cancellationToken);

    /// <summary>The first day that still counts.</summary>
    public Task<DateOnly> OldestDayAsync(CancellationToken cancellationToken) =>
        client.ScalarAsync<DateOnly>(new("SELECT andi_oldest_month()"), cancellationToken);

    /// <summary>Data tests of its rows.</summary>
    public DataTestRun DataTests() => new(client, TimeProvider.System) { Limit = Limit };

    /// <summary>The tables of a database that hold rows of their own.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync(string database, CancellationToken cancellationToken)
    {
        var tables = await client.QueryAsync<KeyRow>(
            new("SELECT concat(database, '.', name) AS key FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree' ORDER BY key")
            {
                Parameters = new() { { "database", database } },
            },
            cancellationToken);
        return [.. tables.Select(table => table.Key)];
    }

    /// <summary>A landing table's columns that come from the source.</summary>
    public async Task<IReadOnlyList<string>> SourceColumnsAsync(string landingTable, CancellationToken cancellationToken)
    {
        var columns = await client.QueryAsync<KeyRow>(
            new("SELECT name AS key FROM system.columns WHERE database = 'staging' AND table = {table:String} AND NOT startsWith(name, '_') ORDER BY position")
            {
                Parameters = new() { { "table", landingTable } },
            },
            cancellationToken);
        return [.. columns.Select(column => column.Key)];
    }

    public IAsyncEnumerable<LandedRows> LandedAsync(string landingTable, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        client.StreamAsync<LandedRows>(Statement(OfTable("landed_rows", landingTable), parameters), cancellationToken);

    public Task<long> StandingAsync(string landingTable, IEnumerable<string> columns, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        client.ScalarAsync<long>(
            Statement(OfTable("standing_rows", landingTable)
                .Replace("{{columns}}", string.Join(", ", columns.Select(Identifier.Quote)), StringComparison.Ordinal), parameters),
            cancellationToken);

    public IAsyncEnumerable<DifferingKey> OfUnknownPartitionsAsync(string landingTable, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        client.StreamAsync<DifferingKey>(Statement(OfTable("unknown_partitions", landingTable), parameters), cancellationToken);

    /// <summary>What a check file of an aggregate returns.</summary>
    public IAsyncEnumerable<DifferingKey> DifferingAsync(string sql, ClickHouseParameters parameters, CancellationToken cancellationToken) =>
        client.StreamAsync<DifferingKey>(Statement(sql, parameters), cancellationToken);

    private static ClickHouseStatement Statement(string sql, ClickHouseParameters parameters) =>
        new(sql) { Name = "check", Parameters = parameters, Settings = Settings, Timeout = Limit };

    private static string OfTable(string statement, string landingTable) =>
        EmbeddedSql.Read($"Check/Sql/{statement}.sql").Replace("{{table}}", $"staging.{Identifier.Quote(landingTable)}", StringComparison.Ordinal);
}

internal sealed record KeyRow(string Key);

/// <summary>A key that a check found different, with both sides.</summary>
internal sealed record DifferingKey(string Key, string? Stands, string? Should);
