namespace Andi.Bench.Storage;

/// <param name="Table">Database and name.</param>
/// <param name="Bytes">On disk, compressed, indexes and marks included.</param>
/// <param name="Rows">In all of its parts.</param>
internal sealed record TableBytes(string Table, long Bytes, long Rows);
