using System.Reflection;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// All migrations in the order they are applied: the versioned files of <c>platform</c>, then those of the other areas by name, by number; after them
/// the repeatable ones, <c>platform</c> first, then by area, by name. A repeatable file that needs another gets a later name (<c>R__020_…</c> after <c>R__010_…</c>).
/// </summary>
public sealed class MigrationCatalog
{
    /// <summary>The area that the others stand on.</summary>
    public const string Platform = "platform";

    private const string Root = "Sql/";

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
    public static MigrationCatalog Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return new MigrationCatalog(
            from resource in assembly.GetManifestResourceNames()
            where resource.StartsWith(Root, StringComparison.Ordinal)
            let path = resource[Root.Length..].Split('/')
            where path.Length == 2
            select MigrationFile.Parse(path[0], path[1], Read(assembly, resource)));
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
