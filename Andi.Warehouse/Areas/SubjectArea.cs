using System.Text.Json;
using System.Text.RegularExpressions;

namespace Andi.Warehouse.Areas;

/// <summary>
/// A subject area of the warehouse: the folder <c>Areas/{name}</c> with its SQL, and <c>area.json</c>, which names the areas whose tables it uses.
/// </summary>
/// <param name="Name">The name of the folder.</param>
/// <param name="DependsOn">The names of the areas whose tables, views and functions this one may use. Every area may use the platform's.</param>
public sealed partial record SubjectArea(string Name, IReadOnlyList<string> DependsOn)
{
    /// <summary>The tables whose changes land in this area's, by their names upstream.</summary>
    public IReadOnlyList<string> SourceTables =>
    [
        .. from file in SqlFile.In("tables")
           where file.Area == Name
           from Match landing in LandingTable().Matches(file.Read())
           select landing.Groups["table"].Value,
    ];

    /// <summary>Every area that this assembly was built with, each behind those that it depends on.</summary>
    public static IReadOnlyList<SubjectArea> All() => InOrder(
        from resource in typeof(SubjectArea).Assembly.GetManifestResourceNames()
        let path = resource.Split('/')
        where path is ["Areas", _, "area.json"]
        select new SubjectArea(path[1], Read(resource).DependsOn));

    /// <summary>The areas, each behind those that it depends on; the alphabet decides only where they leave it open.</summary>
    /// <exception cref="FormatException">An area depends on one that does not exist, or on itself by way of others.</exception>
    public static IReadOnlyList<SubjectArea> InOrder(IEnumerable<SubjectArea> areas)
    {
        var left = areas.OrderBy(area => area.Name, StringComparer.Ordinal).ToList();
        var names = left.Select(area => area.Name).ToHashSet(StringComparer.Ordinal);
        if (left.Find(area => !names.IsSupersetOf(area.DependsOn)) is { } lost)
        {
            throw new FormatException($"The area {lost.Name} depends on {string.Join(", ", lost.DependsOn.Except(names))}, which does not exist.");
        }

        var ordered = new List<SubjectArea>();
        while (left.Count > 0)
        {
            var next = left.Find(area => area.DependsOn.All(name => ordered.Exists(before => before.Name == name)))
                ?? throw new FormatException($"These areas depend on each other: {string.Join(", ", left.Select(area => area.Name))}.");
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static AreaFile Read(string resource)
    {
        using var stream = typeof(SubjectArea).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<AreaFile>(stream, JsonSerializerOptions.Web)?.DependsOn is { } areas
            ? new AreaFile(areas)
            : throw new FormatException($"{resource} has no dependsOn.");
    }

    [GeneratedRegex(@"^CREATE TABLE (IF NOT EXISTS )?staging\.(?<table>\w+)_changes\b", RegexOptions.Multiline)]
    private static partial Regex LandingTable();

    private sealed record AreaFile(IReadOnlyList<string> DependsOn);
}
