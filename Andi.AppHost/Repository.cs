using System.Reflection;

namespace Andi.AppHost;

/// <summary>The clone this host was built in: where the projects it starts, and the engines, lie.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Metadata("Andi.Repository");

    /// <summary>The folder of a project, which is its process's working directory, as <c>dotnet run</c> and Aspire have it.</summary>
    public static string Project(string project) => Path.Combine(Root, project);

    /// <summary>The built assembly of a project, to be started with <c>dotnet</c>.</summary>
    public static string Assembly(string project) =>
        Path.Combine(Project(project), Metadata("Andi.Output"), Path.GetFileName(project) + ".dll");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
