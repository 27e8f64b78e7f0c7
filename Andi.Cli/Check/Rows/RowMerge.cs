namespace Andi.Cli.Check.Rows;

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
                var key = Row[KeyColumn] ?? throw new CommandFailure($"A row of the {name}'s side has no key.");
                Key = ByteOrder.Compare(key, Key) >= 0 ? key : throw new CommandFailure($"The {name}'s rows are not in the order of their keys: '{key}' after '{Key}'.");
            }
        }

        public ValueTask DisposeAsync() => _rows.DisposeAsync();
    }
}
