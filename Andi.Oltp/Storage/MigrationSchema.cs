namespace Andi.Oltp.Storage;

/// <summary>The schema that holds one migration history table per subject area.</summary>
internal static class MigrationSchema
{
    public const string Name = "migrations";
}
