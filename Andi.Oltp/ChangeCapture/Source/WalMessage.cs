namespace Andi.Oltp.ChangeCapture.Source;

internal enum WalMessageKind
{
    /// <summary>Says nothing that the relay needs.</summary>
    Other,
    Begin,
    Commit,
    Insert,
    Update,
    Delete,
    Truncate,

    /// <summary>An update or delete that does not tell the row that it replaced or removed: its table's replica identity was not FULL.</summary>
    Partial,

    /// <summary>A table's columns, before its first change and again after each ALTER TABLE.</summary>
    Relation,

    /// <summary>A non-transactional logical message: it marks a position in the WAL.</summary>
    Marker,
}

/// <summary>What one pgoutput message says. Its row images point into the message, so it lives no longer than that.</summary>
internal readonly ref struct WalMessage
{
    private WalMessage(WalMessageKind kind) => Kind = kind;

    public static WalMessage Other => default;

    public WalMessageKind Kind { get; }

    /// <summary>Of a begin: the transaction that opens.</summary>
    public WalTransaction? Transaction { get; private init; }

    /// <summary>Of an insert, update or delete, also of a partial one: its table.</summary>
    public RelationShape? Table { get; private init; }

    /// <summary>Of an update or delete: the row that it replaced or removed.</summary>
    public RowImage Before { get; private init; }

    /// <summary>Of an insert or update: the row that it left.</summary>
    public RowImage After { get; private init; }

    /// <summary>Of a truncate: the tables, all at once.</summary>
    public IReadOnlyList<RelationShape>? Truncated { get; private init; }

    /// <summary>Of a relation: what it announces.</summary>
    public AnnouncedRelation? Relation { get; private init; }

    /// <summary>Of a commit or a marker: the LSN behind it. Every transaction that committed before this LSN has been read.</summary>
    public ulong EndLsn { get; private init; }

    public static WalMessage Begin(WalTransaction transaction) => new(WalMessageKind.Begin) { Transaction = transaction };

    public static WalMessage Commit(ulong endLsn) => new(WalMessageKind.Commit) { EndLsn = endLsn };

    public static WalMessage Insert(RelationShape table, scoped in RowImage after) => new(WalMessageKind.Insert) { Table = table, After = after };

    public static WalMessage Update(RelationShape table, scoped in RowImage before, scoped in RowImage after) =>
        new(WalMessageKind.Update) { Table = table, Before = before, After = after };

    public static WalMessage Delete(RelationShape table, scoped in RowImage before) => new(WalMessageKind.Delete) { Table = table, Before = before };

    public static WalMessage Partial(RelationShape table) => new(WalMessageKind.Partial) { Table = table };

    public static WalMessage Truncate(IReadOnlyList<RelationShape> tables) => new(WalMessageKind.Truncate) { Truncated = tables };

    public static WalMessage Announce(AnnouncedRelation relation) => new(WalMessageKind.Relation) { Relation = relation };

    public static WalMessage Marker(ulong endLsn) => new(WalMessageKind.Marker) { EndLsn = endLsn };
}

/// <summary>A table as the WAL announces it: changes name it by <paramref name="Oid"/> from here on.</summary>
internal sealed record AnnouncedRelation(uint Oid, string Schema, string Name, IReadOnlyList<(string Name, uint TypeOid)> Columns);

/// <summary>The transaction whose changes are being read. PostgreSQL sends transactions whole and in the order of their commits.</summary>
/// <param name="CommitLsn">Start of the commit record: the same at every re-read.</param>
/// <param name="CommittedAt">By PostgreSQL's clock.</param>
/// <param name="Id">32-bit transaction id.</param>
internal sealed record WalTransaction(ulong CommitLsn, DateTimeOffset CommittedAt, uint Id)
{
    private uint _changes;

    /// <summary>W3C trace context of the request that wrote it; null where it came without one.</summary>
    public string? TraceParent { get; set; }

    /// <summary>
    /// The index of the next change. Each takes two, because it may be sent as two events: an index then depends on the WAL alone, not on what the catalog
    /// says of keys, or of captured tables, when the WAL is read again.
    /// </summary>
    public uint NextIndex() => checked(2 * _changes++);
}
