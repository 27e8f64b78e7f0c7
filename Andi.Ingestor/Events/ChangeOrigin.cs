namespace Andi.Ingestor.Events;

/// <summary>What an event says of where it comes from.</summary>
internal readonly record struct ChangeOrigin(ulong Lsn, uint Sequence, ulong TransactionId, long CommittedAtMs, uint Generation, bool IsSnapshot);
