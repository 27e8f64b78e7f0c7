using System.Reflection;

namespace Andi.Warehouse.Areas;

/// <summary>
/// An SQL file of this assembly: <c>Areas/{area}/{folder}/{name}.sql</c>, or <c>Platform/{folder}/{name}.sql</c>, whose area is called <see cref="Platform"/>.
/// </summary>
internal sealed record SqlFile
{
    /// <summary>What the areas stand on: databases, generations, retention. It depends on none of them.</summary>
    public const string Platform = "platform";

    private static readonly Assembly Assembly = typeof(SqlFile).Assembly;

    private readonly string _resource;

    private SqlFile(string resource, string area, string folder, string fileName) => (_resource, Area, Folder, FileName) = (resource, area, folder, fileName);

    public string Area { get; }

    /// <summary><c>tables</c>, <c>views</c>, <c>marts</c>, <c>queries</c>, <c>checks</c> or <c>tests</c>.</summary>
    public string Folder { get; }

    public string FileName { get; }

    /// <summary>The file name without its ending.</summary>
    public string Name => Path.GetFileNameWithoutExtension(FileName);

    /// <summary>Every file, in the order of the paths.</summary>
    public static IEnumerable<SqlFile> All()
    {
        foreach (var resource in Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (resource.Split('/') is ["Areas", var area, var folder, var file])
            {
                yield return new SqlFile(resource, area, folder, file);
            }
            else if (resource.Split('/') is ["Platform", var ofPlatform, var platformFile])
            {
                yield return new SqlFile(resource, Platform, ofPlatform, platformFile);
            }
        }
    }

    /// <summary>Every file of the folders of that name.</summary>
    public static IEnumerable<SqlFile> In(string folder) => All().Where(file => file.Folder == folder);

    public string Read()
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(_resource)!);
        return reader.ReadToEnd();
    }
}
