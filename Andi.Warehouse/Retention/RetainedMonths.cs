using Andi.Warehouse.Client;

namespace Andi.Warehouse.Retention;

/// <summary>
/// Which months count, as <c>ops.retention</c> has it: <c>ops.oldest_month</c> for readers who know their generation. See docs/decisions/0018-retention.md.
/// </summary>
public sealed class RetainedMonths
{
    private readonly IReadOnlyList<RetentionRow> _rows;

    internal RetainedMonths(IReadOnlyList<RetentionRow> rows)
    {
        _rows = rows;
        Years = (rows.MaxBy(row => row.Change) ?? throw new InvalidOperationException("ops.retention has no row: migrate the warehouse.")).Years;
    }

    /// <summary>For how many years rows count.</summary>
    public int Years { get; }

    /// <summary>Reads it. One small statement.</summary>
    /// <exception cref="ClickHouseException">ClickHouse does not answer, or the warehouse is not migrated.</exception>
    public static async Task<RetainedMonths> ReadAsync(ClickHouseClient client, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT change, years, complete_from AS completeFrom, generations FROM ops.retention FINAL";
        return new RetainedMonths(await client.QueryAsync<RetentionRow>(new(Sql) { Name = "retention" }, cancellationToken));
    }

    /// <summary>The oldest month, its first day, whose rows count. Rows from before it are dropped sooner or later, and may be missing.</summary>
    /// <param name="generation">The one that is read.</param>
    /// <param name="now">Months begin by UTC.</param>
    public DateOnly Oldest(uint generation, DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime).AddYears(-Years);
        var oldest = new DateOnly(day.Year, day.Month, 1);
        foreach (var row in _rows)
        {
            if (row.Generations >= generation && row.CompleteFrom > oldest)
            {
                oldest = row.CompleteFrom;
            }
        }

        return oldest;
    }
}

/// <summary>One row of <c>ops.retention</c>.</summary>
internal sealed record RetentionRow(ulong Change, byte Years, DateOnly CompleteFrom, uint Generations);
