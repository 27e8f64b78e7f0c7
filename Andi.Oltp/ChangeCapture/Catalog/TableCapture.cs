namespace Andi.Oltp.ChangeCapture.Catalog;

/// <summary>What becomes of a table's changes in one generation. Changed by the relaying thread only.</summary>
internal sealed class TableCapture(string schema, string name, string topic)
{
    public string Schema => schema;

    public string Name => name;

    public string Topic => topic;

    /// <summary>Its stay in the publication: a table that left and came back is in another one.</summary>
    public uint Membership { get; private set; }

    /// <summary>Published, but its rows from before have not been sent: no change of it may go out before them.</summary>
    public bool IsJoining { get; private set; }

    /// <summary>Changes that committed at or above this LSN are sent; at first, and after it left, none.</summary>
    public ulong SinceLsn { get; private set; } = ulong.MaxValue;

    public bool IsCaptured => SinceLsn != ulong.MaxValue;

    public void Join(uint membership)
    {
        Membership = membership;
        IsJoining = true;
        SinceLsn = ulong.MaxValue;
    }

    public void Capture(uint membership, ulong sinceLsn)
    {
        Membership = membership;
        IsJoining = false;
        SinceLsn = sinceLsn;
    }

    public void Leave()
    {
        IsJoining = false;
        SinceLsn = ulong.MaxValue;
    }
}
