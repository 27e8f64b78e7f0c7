namespace Andi.Oltp.Areas;

/// <summary>The areas of this assembly, ordered by name.</summary>
public static class SubjectAreas
{
    public static readonly IReadOnlyList<SubjectArea> All =
    [
        .. typeof(SubjectAreas).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SubjectArea)) && !type.IsAbstract)
            .Select(type => (SubjectArea)Activator.CreateInstance(type)!)
            .OrderBy(area => area.Name, StringComparer.Ordinal),
    ];
}
