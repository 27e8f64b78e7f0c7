namespace Andi.Oltp.Imports.Batches;

/// <summary>What became of a batch.</summary>
/// <param name="Read">Rows in the batch.</param>
/// <param name="Written">Rows inserted or changed.</param>
/// <param name="Unchanged">Rows that were there already, the same.</param>
/// <param name="Ids">Their ids, in the order of the batch.</param>
internal sealed record WrittenBatch(long Read, long Written, long Unchanged, IReadOnlyList<string> Ids);
