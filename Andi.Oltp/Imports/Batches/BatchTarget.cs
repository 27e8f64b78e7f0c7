namespace Andi.Oltp.Imports.Batches;

/// <summary>Where a batch goes.</summary>
/// <param name="Entity">The import whose definition it follows.</param>
/// <param name="Plural">What the rows are called in messages.</param>
/// <param name="IdsSql">A query for the ids of the staged rows, in their order; rows that were there already have kept theirs.</param>
internal sealed record BatchTarget(string Entity, string Plural, string IdsSql);
