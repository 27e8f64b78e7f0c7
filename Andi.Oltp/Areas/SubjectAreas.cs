namespace Andi.Oltp.Areas;

/// <summary>The registry of the areas of this assembly.</summary>
internal static class SubjectAreas
{
    /// <summary>Every area after those that it depends on.</summary>
    public static readonly IReadOnlyList<SubjectArea> All = InOrder(
    [
        .. typeof(SubjectAreas).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SubjectArea)) && !type.IsAbstract)
            .Select(type => (SubjectArea)Activator.CreateInstance(type)!),
    ]);

    /// <summary>Those that have tables of their own, in the same order.</summary>
    public static IEnumerable<SubjectArea> WithTables => All.Where(area => area.Records.Count > 0);

    /// <exception cref="InvalidOperationException">An area depends on one that there is not, or on itself by way of others.</exception>
    internal static IReadOnlyList<SubjectArea> InOrder(IReadOnlyCollection<SubjectArea> areas)
    {
        var ordered = new List<SubjectArea>();
        while (ordered.Count < areas.Count)
        {
            // Among those that are ready the name decides, so that the order is the same in every process.
            var next = areas.Except(ordered)
                .Where(area => area.DependsOn.All(name => ordered.Exists(other => other.Name == name)))
                .MinBy(area => area.Name, StringComparer.Ordinal);
            ordered.Add(next ?? throw new InvalidOperationException(
                $"Areas depend on one that is missing, or on each other: {string.Join(", ", areas.Except(ordered).Select(area => area.Name))}."));
        }

        return ordered;
    }
}
