using Andi.Warehouse.Areas;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// All migrations in the order in which they are applied: the versioned files, by area and number, then the repeatable ones, by area and name. The
/// platform comes first, and each area behind those that it depends on. A repeatable file that needs another of its area gets a later name
/// (<c>R__020_…</c> after <c>R__010_…</c>).
/// </summary>
public sealed class MigrationCatalog
{
    private static readonly string[] Folders = ["tables", "views", "marts"];

    /// <param name="files">The files of all areas.</param>
    /// <param name="areas">The names of the areas in their order; null: the order in which the files name them.</param>
    public MigrationCatalog(IEnumerable<MigrationFile> files, IReadOnlyList<string>? areas = null)
    {
        var all = files.ToList();
        var order = (areas ?? [.. all.Select(file => file.Area).Distinct()]).Prepend(SqlFile.Platform).Distinct().ToList();
        Files =
        [
            .. all.OrderBy(file => file.IsRepeatable)
                .ThenBy(file => order.IndexOf(file.Area) is var place and >= 0 ? place : throw new FormatException($"{file.Path} is of an unknown area."))
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
    public static MigrationCatalog Embedded() => new(
        SqlFile.All().Where(file => Folders.Contains(file.Folder))
            .Select(file => MigrationFile.Parse($"{file.Area}/{file.Folder}/{file.FileName}", file.Read())),
        [.. SubjectArea.All().Select(area => area.Name)]);
}
