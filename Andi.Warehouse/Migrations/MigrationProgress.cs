namespace Andi.Warehouse.Migrations;

/// <summary>Reported before each file that is applied, and once at the end with <paramref name="Path"/> null.</summary>
/// <param name="Done">Files applied so far.</param>
/// <param name="Total">Files to apply in this run.</param>
/// <param name="Path">The file that comes now.</param>
public sealed record MigrationProgress(int Done, int Total, string? Path);
