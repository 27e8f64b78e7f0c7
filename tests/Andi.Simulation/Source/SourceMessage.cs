using Andi.ChangeEvents;

namespace Andi.Simulation.Source;

/// <summary>A row of the source's only table.</summary>
internal readonly record struct SourceRow(string Id, int Group, long Amount)
{
    public static readonly Comparer<SourceRow> ByColumns = Comparer<SourceRow>.Create((left, right) =>
        string.CompareOrdinal(left.Id, right.Id) is not 0 and var byId ? byId
        : left.Group.CompareTo(right.Group) is not 0 and var byGroup ? byGroup
        : left.Amount.CompareTo(right.Amount));
}

/// <summary>How a message fares in the ingestor.</summary>
internal enum MessageForm
{
    /// <summary>It fits.</summary>
    Plain,

    /// <summary>Before the landing table's shape changes a value does not fit its column, or its constraint.</summary>
    Unfit,

    /// <summary>Nothing that could ever be landed, and no row of the source changes by it.</summary>
    Broken,
}

/// <summary>What the relay sends to one partition.</summary>
/// <param name="Partition">Where it is sent.</param>
/// <param name="Operation">As in the event.</param>
/// <param name="Position">As in the event.</param>
/// <param name="Before">The row that the change took away.</param>
/// <param name="After">The row that it left.</param>
/// <param name="Form">How it fares.</param>
/// <param name="Value">The message.</param>
internal sealed record SourceMessage(
    int Partition, char Operation, Position Position, SourceRow? Before, SourceRow? After, MessageForm Form, byte[]? Value)
{
    public string? Id => (After ?? Before)?.Id;

    public override string ToString() =>
        Form == MessageForm.Broken ? "broken" : $"{Operation} {Position.CommitLsn}{(Operation == 'h' ? "" : $".{Position.Index}")} "
            + $"{Text(Before)}{(Before is null ? "" : " → ")}{Text(After)}";

    private static string Text(SourceRow? row) => row is { } there ? $"{there.Id}({there.Group}:{there.Amount})" : "";
}
