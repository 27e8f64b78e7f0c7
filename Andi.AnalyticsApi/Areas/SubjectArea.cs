using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Search;

namespace Andi.AnalyticsApi.Areas;

/// <summary>
/// A subject area of the read side: the folder of its name, with one file for each question. Areas are found by type, so that adding one touches no file
/// outside its folder.
/// </summary>
internal abstract class SubjectArea
{
    /// <summary>Lower case; also the folder of the area's queries in Andi.Warehouse.</summary>
    public abstract string Name { get; }

    /// <summary>The names of the areas whose entities and queries this one uses.</summary>
    public abstract IReadOnlyList<string> DependsOn { get; }

    /// <summary>The kinds of place that the area's questions are about.</summary>
    public virtual IReadOnlyList<PlaceKind> Places => [];

    /// <summary>The area's rows of the policy: who is answered what about which places. Nobody but an admin is where there is no row.</summary>
    public virtual IReadOnlyList<PlaceRule> Policy => [];

    /// <summary>Where a search looks for what the area has.</summary>
    public virtual IReadOnlyList<SearchSource> Searched => [];

    /// <summary>Registers what the area's questions need.</summary>
    public virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>Maps the area's questions; <paramref name="v1"/> requires authorization, and gives each its position and the kept answers.</summary>
    public virtual void Map(IEndpointRouteBuilder v1)
    {
    }

    /// <summary>All areas, each behind those that it depends on.</summary>
    /// <exception cref="InvalidOperationException">An area depends on one that does not exist, or on itself.</exception>
    public static IReadOnlyList<SubjectArea> All() => InOrder(
    [
        .. from type in typeof(SubjectArea).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(SubjectArea))
           select (SubjectArea)Activator.CreateInstance(type)!,
    ]);

    internal static IReadOnlyList<SubjectArea> InOrder(IReadOnlyList<SubjectArea> areas)
    {
        var ordered = new List<SubjectArea>();
        while (ordered.Count < areas.Count)
        {
            var ready = areas.Except(ordered).Where(area => area.DependsOn.All(name => ordered.Exists(before => before.Name == name))).ToList();
            if (ready.Count == 0)
            {
                var stuck = areas.Except(ordered).Select(area => $"{area.Name} ({string.Join(", ", area.DependsOn)})");
                throw new InvalidOperationException($"These areas depend on one that does not exist, or on each other: {string.Join("; ", stuck)}.");
            }

            ordered.AddRange(ready);
        }

        return ordered;
    }
}
