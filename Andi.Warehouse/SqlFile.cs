using System.Reflection;

namespace Andi.Warehouse;

/// <summary>A file below <c>Sql/</c>, as this assembly was built with it.</summary>
internal sealed record SqlFile
{
    private const string Root = "Sql/";

    private readonly string _resource;

    private SqlFile(string resource)
    {
        _resource = resource;
        Path = resource[Root.Length..].Split('/');
    }

    /// <summary>Folders and file: <c>coaching</c>, <c>tests</c>, <c>ciq_sessions_unique.sql</c>.</summary>
    public string[] Path { get; }

    /// <summary>Of the file, without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path[^1]);

    /// <summary>Every one, in the order of their paths.</summary>
    public static IEnumerable<SqlFile> All() =>
        from resource in Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal)
        where resource.StartsWith(Root, StringComparison.Ordinal)
        select new SqlFile(resource);

    public string Read()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(_resource)!);
        return reader.ReadToEnd();
    }
}
