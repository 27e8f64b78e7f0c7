using System.Globalization;
using System.Text.Json.Serialization;
using Andi.Cli.Queries;
using Andi.Cli.Terminal;
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

/// <summary>What the figures say could be done. A figure that is fine gives none.</summary>
internal static class Advice
{
    /// <summary>Parts of one partition from which on a read is slower for them; inserts are slowed down at 1,000.</summary>
    public const long ManyParts = 100;

    /// <summary>Rows from which on the partitioning of a table is worth looking at.</summary>
    public const long ManyRows = 100_000;

    /// <summary>Rows of a partition below which opening it takes longer than reading it.</summary>
    public const long SmallPartition = 1_000;

    /// <summary>Bytes from which on a table's compression is worth looking at.</summary>
    public const long LargeTable = 64L * 1024 * 1024;

    /// <summary>Times smaller than its values that a table should be.</summary>
    public const double PoorRatio = 2;

    /// <summary>Milliseconds that a named query may take.</summary>
    public const double SlowQuery = 1_000;

    /// <param name="tables">All of the warehouse.</param>
    /// <param name="columns">That take much room for what they hold.</param>
    /// <param name="statements">Of the server's log; null where there is none.</param>
    /// <param name="queries">The named ones, as they were asked just now.</param>
    public static IReadOnlyList<string> From(
        IReadOnlyList<TableSize> tables, IReadOnlyList<ColumnSize> columns, IReadOnlyList<SlowStatement>? statements, IReadOnlyList<QueryOutcome> queries) =>
    [
        .. from table in tables
           where table.Fullest >= ManyParts
           select string.Create(
               CultureInfo.InvariantCulture,
               $"{table.Name}: {table.Fullest:N0} parts in one partition. "
               + $"Inserts come faster than they are merged: raise Ingestor:MinInsertInterval, or OPTIMIZE TABLE {table.Name} at a quiet time."),
        .. from table in tables
           where table.Rows >= ManyRows && table.Rows / table.Partitions < SmallPartition
           select string.Create(
               CultureInfo.InvariantCulture,
               $"{table.Name}: {table.Rows / table.Partitions:N0} rows a partition, in {table.Partitions:N0} partitions. "
               + $"Fewer, larger partitions are opened faster."),
        .. from table in tables
           where table.Compressed >= LargeTable && table.Ratio < PoorRatio
           select string.Create(
               CultureInfo.InvariantCulture,
               $"{table.Name}: {Amount.Bytes(table.Compressed)}, only {table.Ratio:0.0} times smaller than its values. "
               + $"Its columns below say which would gain by a codec or another type."),
        .. from column in columns
           select string.Create(
               CultureInfo.InvariantCulture,
               $"{column.Name} ({column.Type}): {Amount.Bytes(column.Compressed)} of {Amount.Bytes(column.Uncompressed)}. "
               + $"ZSTD, a type that fits, or LowCardinality where it repeats would make it smaller."),
        .. from query in queries
           where query.Milliseconds >= SlowQuery
           select string.Create(
               CultureInfo.InvariantCulture,
               $"{query.Query} ({query.Variant}) takes {Amount.Time(query.Milliseconds!.Value)} for {query.Rows:N0} rows: "
               + $"see what it reads with EXPLAIN indexes = 1."),
        .. from query in queries
           where query.Error is not null
           select $"{query.Query} fails; `queries` says why.",
        .. statements is null
            ? ["The server keeps no system.query_log: slowest statements are those of the named queries, asked just now."]
            : Array.Empty<string>(),
    ];
}
