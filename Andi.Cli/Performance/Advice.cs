using System.Globalization;
using Andi.Cli.Queries;
using Andi.Cli.Terminal;

namespace Andi.Cli.Performance;

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
           select Text($"{table.Name}: {table.Fullest:N0} parts in one partition. Inserts come faster than they are merged: raise Ingestor:MinInsertInterval, or OPTIMIZE TABLE {table.Name} at a quiet time."),
        .. from table in tables
           where table.Rows >= ManyRows && table.Rows / table.Partitions < SmallPartition
           select Text($"{table.Name}: {table.Rows / table.Partitions:N0} rows a partition, in {table.Partitions:N0} partitions. Fewer, larger partitions are opened faster."),
        .. from table in tables
           where table.Compressed >= LargeTable && table.Ratio < PoorRatio
           select Text($"{table.Name}: {Amount.Bytes(table.Compressed)}, only {table.Ratio:0.0} times smaller than its values. Its columns below say which would gain by a codec or another type."),
        .. from column in columns
           select Text($"{column.Name} ({column.Type}): {Amount.Bytes(column.Compressed)} of {Amount.Bytes(column.Uncompressed)}. ZSTD, a type that fits, or LowCardinality where it repeats would make it smaller."),
        .. from query in queries
           where query.Milliseconds >= SlowQuery
           select Text($"{query.Query} ({query.Variant}) takes {Amount.Time(query.Milliseconds!.Value)} for {query.Rows:N0} rows: see what it reads with EXPLAIN indexes = 1."),
        .. from query in queries
           where query.Error is not null
           select $"{query.Query} fails; `queries` says why.",
        .. statements is null ? ["The server keeps no system.query_log: slowest statements are those of the named queries, asked just now."] : Array.Empty<string>(),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
