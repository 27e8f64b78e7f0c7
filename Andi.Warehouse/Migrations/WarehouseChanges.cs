using Andi.Warehouse.Retention;

namespace Andi.Warehouse.Migrations;

/// <summary>What a migration changed, or would.</summary>
/// <param name="Files">Applied, in order.</param>
/// <param name="Retention">Null: as it was.</param>
public sealed record WarehouseChanges(IReadOnlyList<MigrationFile> Files, RetentionChange? Retention)
{
    public bool AreNone => Files.Count == 0 && Retention is null;
}
