namespace Andi.Cli.Seed;

/// <summary>The seed data of a subject area, in the folder of its name. Areas are found by type, in the order of their names.</summary>
internal abstract class SeedArea
{
    public static readonly IReadOnlyList<SeedArea> All =
    [
        .. typeof(SeedArea).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SeedArea)) && !type.IsAbstract)
            .Select(type => (SeedArea)Activator.CreateInstance(type)!)
            .OrderBy(area => area.Name, StringComparer.Ordinal),
    ];

    public abstract string Name { get; }

    /// <summary>The files to import, in turn. The same arguments give the same bytes.</summary>
    public abstract IReadOnlyList<SeedFile> Files(int students, ulong seed);
}
