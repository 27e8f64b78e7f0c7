namespace Andi.Oltp.ChangeCapture.Wal;

/// <summary>The transaction whose changes are being read. PostgreSQL sends transactions whole and in the order of their commits.</summary>
/// <param name="CommitLsn">Start of the commit record: the same at every re-read.</param>
/// <param name="CommittedAt">By PostgreSQL's clock.</param>
/// <param name="Id">32-bit transaction id.</param>
internal sealed record WalTransaction(ulong CommitLsn, DateTimeOffset CommittedAt, uint Id)
{
    private uint _changes;

    /// <summary>W3C trace context of the request that wrote it, where it came with one.</summary>
    public string? TraceParent { get; set; }

    /// <summary>
    /// The index of the next change. Each takes two, for it may be sent as two events: an index then depends on the WAL alone, not on what the catalog
    /// says of keys, or of captured tables, when the WAL is read again.
    /// </summary>
    public uint NextIndex() => checked(2 * _changes++);
}
