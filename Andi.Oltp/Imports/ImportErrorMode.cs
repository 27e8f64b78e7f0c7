namespace Andi.Oltp.Imports;

/// <summary>What happens to the good rows of a file that also has bad ones.</summary>
public enum ImportErrorMode
{
    /// <summary>Nothing is written.</summary>
    Abort,

    /// <summary>They are written; the answer lists the bad ones.</summary>
    Skip,
}
