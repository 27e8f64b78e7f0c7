using System.Collections.Immutable;
using Andi.AnalyticsApi.Positions;
using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>
/// Finds out, look by look, which tables moved: of which rows came or went, not those that only heartbeats moved on. Not for two threads at once.
/// </summary>
/// <remarks>
/// A move is told once the position of all tables has passed it, so that who waits for a position hears of it with the move. Of each table the newest move is
/// known, or a position that it is not behind: whoever comes back with the position that he was told last is told every table that may have moved since.
/// </remarks>
/// <param name="holdLimit">How long a move waits for the position at most; see <see cref="StreamOptions.HoldLimit"/>.</param>
internal sealed class Moves(TimeSpan holdLimit, TimeProvider time)
{
    private readonly Dictionary<string, Table> _tables = new(StringComparer.Ordinal);
    private Dictionary<(string Topic, int Partition), AppliedPartition> _partitions = [];
    private uint? _generation;
    private DateTimeOffset? _appliedAt;

    // A table that joins holds the position back at first, so that it is lower than what was told before.
    private Position _highest;

    /// <summary>As of the last look.</summary>
    public Position Position { get; private set; }

    /// <summary>Takes in what a look has found.</summary>
    /// <returns>What is to be told now; null where nothing is.</returns>
    public Moved? Observe(AppliedState state)
    {
        foreach (var partition in state.Partitions)
        {
            Observe(partition);
        }

        if (_generation is { } known && known != state.Generation)
        {
            // Other rows, even where they are equal, and some tables may be gone.
            foreach (var table in _tables.Values)
            {
                Move(table, Position.None);
            }
        }

        foreach (var table in _tables.Values.Where(table => table.HasMoved))
        {
            table.HasMoved = false;
            if (table.Awaited is null)
            {
                table.Await(time);
            }
        }

        _generation = state.Generation;
        _partitions = state.Partitions.ToDictionary(partition => (partition.Topic, partition.Partition));
        _appliedAt = state.Partitions.Where(partition => partition.HasBegun).Max(partition => (DateTimeOffset?)partition.AppliedAt);
        Position = state.Position;
        _highest = Position > _highest ? Position : _highest;
        return Due();
    }

    /// <summary>What somebody is to be told first.</summary>
    /// <param name="last">The position that he was told last. Null: he has been told nothing, and takes what he sees as it is.</param>
    public Moved Since(Position? last) => Tell(_tables.Where(table => last is { } told && (told > Position || !Covers(told, table.Value.Newest))));

    private void Observe(AppliedPartition partition)
    {
        if (!_tables.TryGetValue(partition.Table, out var table))
        {
            _tables[partition.Table] = table = new Table();
        }

        var before = _partitions.GetValueOrDefault((partition.Topic, partition.Partition));
        if (_generation is null)
        {
            // When rows came is not known, only that none came later: but a dead letter may have been replayed since.
            table.NoteNewest(JustBehind(partition.Position));
            table.NoteApplied(partition.AppliedAt);
        }
        else if (partition.Inserts != (before?.Inserts ?? 0) || (partition.Inserts > 0 && HasPosition(partition) && before is not null && !HasPosition(before)))
        {
            // The second: a snapshot, whose rows have no position that could be told, has ended.
            Move(table, partition.Position);
            table.NoteApplied(partition.AppliedAt);
        }

        static bool HasPosition(AppliedPartition partition) => partition.Position != Position.None;
    }

    // A dead letter that is replayed moves rows, and not the position of its partition: it counts as behind all that was told so far.
    private void Move(Table table, Position position)
    {
        table.HasMoved = true;
        table.NoteNewest(position > _highest ? position : JustBehind(_highest));
    }

    private Moved? Due()
    {
        var due = _tables.Where(table => table.Value.Awaited is { } awaited
            && (Covers(Position, awaited) || time.GetElapsedTime(table.Value.AwaitedSince) >= holdLimit)).ToList();
        if (due.Count == 0)
        {
            return null;
        }

        var moved = Tell(due);
        foreach (var table in due.Select(one => one.Value))
        {
            var isAhead = Covers(Position, table.Awaited!.Value) && !Covers(Position, table.Newest);
            table.Awaited = null;
            if (isAhead)
            {
                table.Await(time);
            }
        }

        return moved;
    }

    private Moved Tell(IEnumerable<KeyValuePair<string, Table>> tables)
    {
        var told = tables.ToList();
        return new Moved(
            Position,
            told.Count == 0 ? _appliedAt : told.Max(table => table.Value.AppliedAt),
            told.Select(table => table.Key).ToImmutableSortedSet(StringComparer.Ordinal));
    }

    /// <summary>
    /// Whether a position is at the end of the transaction that a change is of, or beyond: a write's <c>Andi-Position</c> is such an end, and the position of
    /// its last row is before it.
    /// </summary>
    private static bool Covers(Position position, Position change) =>
        change == Position.EndOf(change.CommitLsn) ? position >= change : position.CommitLsn > change.CommitLsn;

    private static Position JustBehind(Position position) =>
        position == Position.EndOf(position.CommitLsn) ? new(position.CommitLsn + 1, 0) : position with { Index = position.Index + 1 };

    private sealed class Table
    {
        /// <summary>No row came or went behind it.</summary>
        public Position Newest { get; private set; }

        /// <summary>When the newest row came or went; before the first move that is seen, when the table was last heard of.</summary>
        public DateTimeOffset AppliedAt { get; private set; }

        /// <summary>By the look that is being taken in.</summary>
        public bool HasMoved { get; set; }

        /// <summary>The first move that has not been told; null where all have been.</summary>
        public Position? Awaited { get; set; }

        public long AwaitedSince { get; private set; }

        public void NoteNewest(Position position) => Newest = position > Newest ? position : Newest;

        public void NoteApplied(DateTimeOffset at) => AppliedAt = at > AppliedAt ? at : AppliedAt;

        public void Await(TimeProvider time) => (Awaited, AwaitedSince) = (Newest, time.GetTimestamp());
    }
}
