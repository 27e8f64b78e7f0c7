namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>Where a generation stands when its relay starts, as PostgreSQL remembers it.</summary>
/// <param name="Stage"><c>requested</c>, <c>snapshot</c>, <c>streaming</c>, <c>retired</c> or <c>abandoned</c>.</param>
/// <param name="SlotExists">Whether its slot is there.</param>
/// <param name="IsSlotLost">Whether PostgreSQL has given up the WAL that the slot needs.</param>
/// <param name="FailedSnapshots">How many generations right before it ended in their snapshots.</param>
internal sealed record GenerationState(string Stage, bool SlotExists, bool IsSlotLost, int FailedSnapshots)
{
    public const string Requested = "requested";
    public const string InSnapshot = "snapshot";
    public const string Streaming = "streaming";

    public bool HasEnded => Stage is not (Requested or InSnapshot or Streaming);

    /// <summary>Why the generation can never be whole again; null where it can.</summary>
    public string? Loss => Stage switch
    {
        InSnapshot => "its snapshot was interrupted",
        Streaming when !SlotExists => "its replication slot is gone",
        Streaming when IsSlotLost => "PostgreSQL has given up WAL that its replication slot needed",
        _ => null,
    };
}

/// <summary>A generation misses something that it can never get again; the next one takes its place.</summary>
internal sealed class IncompleteGenerationException(string reason, Exception? cause = null) : Exception(reason, cause);
