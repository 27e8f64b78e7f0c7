namespace Andi.Oltp.Imports;

/// <summary>What became of a file.</summary>
/// <param name="Read">Rows read, the header not counted.</param>
/// <param name="Written">Rows inserted or changed.</param>
/// <param name="Unchanged">Rows that were in the table already, the same.</param>
/// <param name="Rejected">Rows rejected.</param>
/// <param name="Rejects">The first of them.</param>
public sealed record ImportResult(long Read, long Written, long Unchanged, long Rejected, IReadOnlyList<RowReject> Rejects);
