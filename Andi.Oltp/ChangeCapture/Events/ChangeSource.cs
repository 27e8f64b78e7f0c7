using Andi.ChangeEvents;

namespace Andi.Oltp.ChangeCapture.Events;

/// <summary>Where an event comes from; times are milliseconds since 1970-01-01 UTC.</summary>
internal readonly record struct ChangeSource(
    Position Position, uint TransactionId, long CommittedAtMs, long RelayedAtMs, bool IsSnapshot, int Generation, string? TraceParent);
