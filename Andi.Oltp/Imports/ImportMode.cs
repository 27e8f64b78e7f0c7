namespace Andi.Oltp.Imports;

/// <summary>What happens to a row whose key is in the table already.</summary>
public enum ImportMode
{
    /// <summary>It is rejected.</summary>
    Insert,

    /// <summary>It replaces the one in the table; one that is the same changes nothing.</summary>
    Upsert,

    /// <summary>It stays as it is; the row is counted as unchanged.</summary>
    Keep,
}
