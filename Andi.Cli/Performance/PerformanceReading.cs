using System.Text.Json.Serialization;
using Andi.Sql;
using Andi.Warehouse.Client;

namespace Andi.Cli.Performance;

/// <summary>A table of the warehouse.</summary>
/// <param name="Name">With its database.</param>
/// <param name="Engine">For instance <c>ReplacingMergeTree</c>.</param>
/// <param name="Rows">In active parts, of all generations.</param>
/// <param name="Compressed">Bytes on disk.</param>
/// <param name="Uncompressed">Bytes of its values.</param>
/// <param name="Parts">Active ones.</param>
/// <param name="Partitions">That have any.</param>
/// <param name="Fullest">Parts of the partition that has most.</param>
internal sealed record TableSize(string Name, string Engine, long Rows, long Compressed, long Uncompressed, long Parts, long Partitions, long Fullest)
{
    /// <summary>How many times smaller it is on disk.</summary>
    public double Ratio => Compressed == 0 ? 1 : (double)Uncompressed / Compressed;
}

/// <summary>A column that takes more room than most.</summary>
internal sealed record ColumnSize(string Name, string Type, long Compressed, long Uncompressed);

/// <summary>A statement as the server's own log knows it.</summary>
/// <param name="Text">Its beginning.</param>
/// <param name="Calls">Within a day.</param>
/// <param name="Longest">Milliseconds.</param>
/// <param name="Average">Milliseconds.</param>
/// <param name="Rows">Read on average.</param>
internal sealed record SlowStatement(string Text, long Calls, double Longest, double Average, double Rows);

/// <summary>Asks ClickHouse how its tables and statements are.</summary>
internal sealed class PerformanceReading(ClickHouseClient warehouse)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public Task<IReadOnlyList<TableSize>> TablesAsync(CancellationToken cancellationToken) =>
        warehouse.QueryAsync<TableSize>(Statement("tables"), cancellationToken);

    public Task<IReadOnlyList<ColumnSize>> ColumnsAsync(CancellationToken cancellationToken) =>
        warehouse.QueryAsync<ColumnSize>(Statement("columns"), cancellationToken);

    /// <summary>The slowest first; null where the server keeps no log.</summary>
    public async Task<IReadOnlyList<SlowStatement>?> SlowestAsync(int most, CancellationToken cancellationToken) =>
        await warehouse.ScalarAsync<int>(Statement("has_query_log"), cancellationToken) == 0
            ? null
            : await warehouse.QueryAsync<SlowStatement>(Statement("slowest_queries") with { Parameters = new() { { "most", most } } }, cancellationToken);

    private static ClickHouseStatement Statement(string name) => new(EmbeddedSql.Read($"Performance/Sql/{name}.sql")) { Name = name, Timeout = Limit };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PerformanceOutput))]
internal sealed partial class PerformanceJson : JsonSerializerContext;
