namespace Andi.Warehouse.Migrations;

/// <summary>
/// All migrations in the order they are applied: the versioned files of <c>platform</c>, then those of the other areas by name, by number; after them
/// the repeatable ones, <c>platform</c> first, then by area, by name. A repeatable file that needs another gets a later name (<c>R__020_…</c> after <c>R__010_…</c>).
/// </summary>
public sealed class MigrationCatalog
{
    /// <summary>The area that the others stand on.</summary>
    public const string Platform = "platform";

    public MigrationCatalog(IEnumerable<MigrationFile> files)
    {
        Files =
        [
            .. files.OrderBy(file => file.IsRepeatable)
                .ThenBy(file => file.Area != Platform)
                .ThenBy(file => file.Area, StringComparer.Ordinal)
                .ThenBy(file => file.Version ?? 0)
                .ThenBy(file => file.Name, StringComparer.Ordinal),
        ];
        if (Files.GroupBy(file => file.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new FormatException($"Two migrations have the same number: {string.Join(" and ", twice.Select(file => file.Path))}.");
        }
    }

    public IReadOnlyList<MigrationFile> Files { get; }

    /// <summary>The migrations that this assembly was built with.</summary>
    public static MigrationCatalog Embedded() =>
        new(SqlFile.All().Where(file => file.Path.Length == 2).Select(file => MigrationFile.Parse(file.Path[0], file.Path[1], file.Read())));
}
