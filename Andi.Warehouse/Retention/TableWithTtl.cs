namespace Andi.Warehouse.Retention;

/// <summary>A table, as <c>system.tables</c> has it.</summary>
/// <param name="Table">With its database.</param>
/// <param name="EngineFull">Its engine with all clauses.</param>
internal sealed record TableWithTtl(string Table, string EngineFull);
