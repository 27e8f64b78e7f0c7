using Andi.ChangeEvents;
using Andi.Cli.Terminal;
using Andi.Warehouse.Checks;

namespace Andi.Cli.Check;

/// <summary>Proves that facts and dimensions equal PostgreSQL's rows at one position: the rows, not their number.</summary>
internal sealed class RowCheck(WarehouseRows warehouse)
{
    public async Task<IReadOnlyList<Findings>> RunAsync(
        uint generation, DateOnly oldest, SourceSnapshot snapshot, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        var all = new List<Findings>();
        foreach (var check in WarehouseCheck.All().Where(check => check.SourceSql is not null))
        {
            using var step = begin($"rows: {check.Table}", null);
            var findings = new Findings("rows", check.Table);
            var position = new Position(snapshot.Point, 0).ToUInt128();
            await RowMerge.CompareAsync(
                warehouse.ReadAsync(check.Sql, generation, oldest, position, cancellationToken),
                snapshot.RowsAsync(check.SourceSql!, oldest, cancellationToken),
                findings,
                compared => step.Report(compared));
            step.Report(findings.Compared, findings.Compared);
            all.Add(findings);
        }

        return all;
    }
}

/// <summary>Compares two streams of rows in the order of their column <c>key</c>, holding one row of each.</summary>
internal static class RowMerge
{
    private const string KeyColumn = "key";
    private const int ReportEvery = 5_000;

    /// <param name="warehouse">What stands.</param>
    /// <param name="source">What should.</param>
    /// <param name="findings">Takes what differs.</param>
    /// <param name="report">Is told now and then how many rows have been compared.</param>
    /// <exception cref="CommandFailure">A side is not in order.</exception>
    public static async Task CompareAsync(
        IAsyncEnumerable<Dictionary<string, string?>> warehouse, IAsyncEnumerable<Dictionary<string, string?>> source, Findings findings, Action<long> report)
    {
        await using var standing = new Side(warehouse, "warehouse");
        await using var wanted = new Side(source, "source");
        await standing.MoveAsync();
        await wanted.MoveAsync();
        while (standing.Row is not null || wanted.Row is not null)
        {
            var order = standing.Row is null ? 1 : wanted.Row is null ? -1 : ByteOrder.Compare(standing.Key, wanted.Key);
            if (order < 0)
            {
                findings.Add(standing.Key, Text(standing.Row!, null), null);
            }
            else if (order > 0)
            {
                findings.Add(wanted.Key, null, Text(wanted.Row!, null));
            }
            else if (!IsSame(standing.Row!, wanted.Row!))
            {
                findings.Add(standing.Key, Text(standing.Row!, wanted.Row), Text(wanted.Row!, standing.Row));
            }

            if (order <= 0)
            {
                await standing.MoveAsync();
            }

            if (order >= 0)
            {
                await wanted.MoveAsync();
            }

            if (++findings.Compared % ReportEvery == 0)
            {
                report(findings.Compared);
            }
        }
    }

    private static bool IsSame(Dictionary<string, string?> left, Dictionary<string, string?> right) =>
        left.Count == right.Count && left.All(column => right.TryGetValue(column.Key, out var value) && value == column.Value);

    // Where both sides have the row, only the columns that differ.
    private static string Text(Dictionary<string, string?> row, Dictionary<string, string?>? other) => string.Join(
        ", ",
        row.Where(column => column.Key != KeyColumn && (other is null || !other.TryGetValue(column.Key, out var value) || value != column.Value))
            .Select(column => $"{column.Key}: {(column.Value is null ? "NULL" : $"'{column.Value}'")}"));

    private sealed class Side(IAsyncEnumerable<Dictionary<string, string?>> rows, string name) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<Dictionary<string, string?>> _rows = rows.GetAsyncEnumerator();

        public Dictionary<string, string?>? Row { get; private set; }

        public string Key { get; private set; } = "";

        public async ValueTask MoveAsync()
        {
            Row = await _rows.MoveNextAsync() ? _rows.Current : null;
            if (Row is not null)
            {
                var key = Row[KeyColumn] ?? throw new CommandFailure($"A row of the {name} has no key.");
                Key = ByteOrder.Compare(key, Key) >= 0 ? key
                    : throw new CommandFailure($"The {name}'s rows are not in the order of their keys: '{key}' after '{Key}'.");
            }
        }

        public ValueTask DisposeAsync() => _rows.DisposeAsync();
    }
}

/// <summary>Orders text by its UTF-8 bytes, as both stores do; .NET's ordinal order is by UTF-16 units, which differs beyond U+FFFF.</summary>
internal static class ByteOrder
{
    public static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    // Halves of surrogate pairs stand for code points above all others.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
