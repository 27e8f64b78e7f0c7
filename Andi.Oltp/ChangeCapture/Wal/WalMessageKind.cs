namespace Andi.Oltp.ChangeCapture.Wal;

internal enum WalMessageKind
{
    Other,
    Begin,
    Commit,
    Insert,
    Update,
    Delete,
    Truncate,

    /// <summary>A non-transactional logical message: it marks a place in the WAL.</summary>
    Marker,
}
