using Andi.ChangeEvents;

namespace Andi.Ingestor.Events;

/// <summary>
/// The envelope of a change event. The row images are left as text, <see cref="Before"/> and <see cref="After"/> being places in the message's value;
/// they are read straight into the columns of a batch.
/// </summary>
/// <param name="Operation"><c>c</c>, <c>u</c>, <c>d</c>, <c>r</c> (snapshot), <c>t</c> (truncate) or <c>h</c> (heartbeat).</param>
/// <param name="Position">Where the change stands.</param>
/// <param name="TransactionId">PostgreSQL's transaction id; 0 in a snapshot.</param>
/// <param name="CommittedAtMs">Milliseconds since 1970-01-01 UTC, by PostgreSQL's clock.</param>
/// <param name="Generation">Of the snapshot that the event belongs to.</param>
/// <param name="IsSnapshot">Part of a snapshot: more events of the same point may follow.</param>
/// <param name="Before">Empty where there is none.</param>
/// <param name="After">Empty where there is none.</param>
/// <param name="TraceParent">W3C trace context of the write.</param>
internal readonly record struct ChangeEvent(
    char Operation,
    Position Position,
    ulong TransactionId,
    long CommittedAtMs,
    uint Generation,
    bool IsSnapshot,
    Range Before,
    Range After,
    string? TraceParent);
