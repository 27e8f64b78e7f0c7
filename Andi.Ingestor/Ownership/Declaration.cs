namespace Andi.Ingestor.Ownership;

/// <summary>The ledger's answer to the announcement of a batch.</summary>
internal enum Declaration
{
    /// <summary>The batch may be inserted.</summary>
    Declared,

    /// <summary>Not now: ask again.</summary>
    Held,

    /// <summary>The partition belongs to another ingestor.</summary>
    FencedOff,
}
