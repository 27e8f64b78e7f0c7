using System.Collections.Concurrent;

namespace Andi.AnalyticsApi.Answers;

/// <summary>
/// What was read or computed of the warehouse's rows as they are now: with the first confirmed insert that matters, all of it is gone. So what it gives is what would
/// be read anew, save rows that came meanwhile and are not confirmed, which no position tells of. Bounded: once full, it takes no more until the rows change.
/// </summary>
/// <param name="capacity">How much is kept at most, in the unit of <paramref name="size"/>.</param>
/// <param name="size">What an entry takes.</param>
internal sealed class RowsCache<T>(long capacity, Func<string, T, long> size)
    where T : class
{
    private volatile Rows _rows = new("");

    /// <param name="rowsTag">Names the rows (<see cref="Freshness.AppliedState.RowsTag(DateOnly)"/>).</param>
    /// <param name="key">What was asked.</param>
    public T? Find(string rowsTag, string key) => _rows is { } rows && rows.Tag == rowsTag && rows.Entries.TryGetValue(key, out var found) ? found : null;

    /// <summary>Keeps a value, unless one came before it: of two that were read at once, all readers get the same.</summary>
    /// <param name="rowsTag">Names the rows.</param>
    /// <param name="key">What was asked.</param>
    /// <param name="value">What was found, after the rows' tag was known.</param>
    /// <returns>The one that is kept, or else the given one.</returns>
    public T Keep(string rowsTag, string key, T value)
    {
        var rows = _rows;
        if (rows.Tag != rowsTag)
        {
            // A slow request may come with rows of before; then it is this one that is replaced next. Either way nothing wrong is found.
            _rows = rows = new Rows(rowsTag);
        }

        var taken = size(key, value);
        if (Interlocked.Add(ref rows.Taken, taken) > capacity)
        {
            Interlocked.Add(ref rows.Taken, -taken);
            return value;
        }

        var kept = rows.Entries.GetOrAdd(key, value);
        if (!ReferenceEquals(kept, value))
        {
            Interlocked.Add(ref rows.Taken, -taken);
        }

        return kept;
    }

    private sealed class Rows(string tag)
    {
        public readonly ConcurrentDictionary<string, T> Entries = new(StringComparer.Ordinal);
        public long Taken;

        public string Tag => tag;
    }
}
