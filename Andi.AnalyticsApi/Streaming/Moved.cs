using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>Says that rows of some tables came or went: the data of an event <c>position</c>, whose id is the position.</summary>
/// <param name="Position">
/// Every change up to it is visible in every table. The changes that the event tells of are among them, except while another table stands still.
/// </param>
/// <param name="AppliedAt">
/// When the newest of the changes that the event tells of was applied; without tables, when anything was applied last. Null before the first change.
/// </param>
/// <param name="Tables">Those of which rows came or went, as <c>/v1/freshness</c> names them. Empty where the event tells the position only.</param>
internal sealed record PositionEvent(string Position, DateTimeOffset? AppliedAt, IReadOnlyCollection<string> Tables);

/// <summary>What a stream is to tell. All streams that are told the same share it, and its bytes.</summary>
/// <inheritdoc cref="PositionEvent" path="/param"/>
internal sealed class Moved(Position position, DateTimeOffset? appliedAt, ImmutableSortedSet<string> tables)
{
    public Position Position => position;

    public DateTimeOffset? AppliedAt => appliedAt;

    public ImmutableSortedSet<string> Tables => tables;

    /// <summary>The event as it is sent.</summary>
    public byte[] Bytes => field ??= Write();

    /// <summary>The part that is about some tables; null where none of them moved.</summary>
    /// <param name="some">Null: all.</param>
    public Moved? Within(ImmutableSortedSet<string>? some) =>
        some is null || some.IsSupersetOf(tables) ? this
        : tables.Intersect(some) is { IsEmpty: false } left ? new Moved(position, appliedAt, left)
        : null;

    /// <summary>This and a later one as one event.</summary>
    public Moved With(Moved later) => new(later.Position, later.AppliedAt ?? appliedAt, tables.Union(later.Tables));

    private byte[] Write()
    {
        var data = JsonSerializer.Serialize(new PositionEvent(position.ToString(), appliedAt?.ToUniversalTime(), tables), JsonSerializerOptions.Web);
        return Encoding.UTF8.GetBytes($"event: position\nid: {position}\ndata: {data}\n\n");
    }
}
