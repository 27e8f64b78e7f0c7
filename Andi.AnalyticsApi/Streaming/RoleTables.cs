using System.Collections.Immutable;
using Andi.AnalyticsApi.Areas;
using Andi.Security;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>
/// Of which tables a role is told that they moved: those of the areas of which it may read anything, and of the areas that these depend on. What else moves
/// changes no answer that the role can get.
/// </summary>
internal sealed class RoleTables
{
    private static readonly ImmutableSortedSet<string> None = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private readonly Dictionary<string, ImmutableSortedSet<string>> _tables;

    public RoleTables(IReadOnlyList<SubjectArea> areas)
    {
        var landed = Warehouse.Areas.SubjectArea.All().ToDictionary(area => area.Name, area => area.SourceTables);
        var byName = areas.ToDictionary(area => area.Name);
        _tables = areas.SelectMany(area => area.Policy.Select(rule => (rule.Role, Area: area))).Distinct().GroupBy(read => read.Role).ToDictionary(
            role => role.Key,
            role => role.SelectMany(read => WithNeeded(read.Area)).Distinct()
                .SelectMany(name => landed.GetValueOrDefault(name, [])).ToImmutableSortedSet(StringComparer.Ordinal));

        IEnumerable<string> WithNeeded(SubjectArea area) => area.DependsOn.SelectMany(name => WithNeeded(byName[name])).Prepend(area.Name);
    }

    /// <summary>Their names upstream; null: every table.</summary>
    public ImmutableSortedSet<string>? Of(string role) => role == Roles.Admin ? null : _tables.GetValueOrDefault(role, None);
}
