namespace Andi.ChangeEvents;

/// <summary>
/// What a change event says besides its rows. The row images are left as text, <see cref="Before"/> and <see cref="After"/> being places in the message's
/// value: they are read straight into the columns of a batch.
/// </summary>
/// <param name="Operation"><c>c</c>, <c>u</c>, <c>d</c>, <c>r</c> (snapshot), <c>t</c> (truncate) or <c>h</c> (heartbeat).</param>
/// <param name="Source">Where the event comes from.</param>
/// <param name="Before">Empty where there is no row before.</param>
/// <param name="After">Empty where there is no row after.</param>
public readonly record struct ChangeEvent(char Operation, ChangeSource Source, Range Before, Range After);

/// <summary>Where an event comes from; times are milliseconds since 1970-01-01 UTC.</summary>
/// <param name="Position">Where the change stands in the history of the source.</param>
/// <param name="TransactionId">PostgreSQL's transaction id; 0 in a snapshot.</param>
/// <param name="CommittedAtMs">When the transaction committed, by PostgreSQL's clock.</param>
/// <param name="RelayedAtMs">When the relay wrote the event.</param>
/// <param name="IsSnapshot">The event is part of a snapshot: more events of the same point may follow.</param>
/// <param name="Generation">The snapshot and stream that the event belongs to, from 1.</param>
/// <param name="TraceParent">W3C trace context of the write; null where it was not traced.</param>
public readonly record struct ChangeSource(
    Position Position, ulong TransactionId, long CommittedAtMs, long RelayedAtMs, bool IsSnapshot, int Generation, string? TraceParent);

/// <summary>An event cannot be parsed or has no place in its landing table. It goes, whole and with this reason, to the dead letters.</summary>
public sealed class MalformedEventException(string reason) : Exception(reason);
