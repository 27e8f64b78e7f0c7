using System.Reflection;

namespace Andi.AppHost.State;

/// <summary>The clone that this host was built in: where the projects it starts, and the engines, lie.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Metadata("Andi.Repository");

    /// <summary>What <c>npm ci</c> installs: the native engines.</summary>
    public static string Engines { get; } = Path.Combine(Root, "engines");

    /// <summary>The dotnet that started this host, where it says so, else the one of the path.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>The folder of an installed npm package.</summary>
    public static string EnginePackage(string name) => Path.Combine(Engines, "node_modules", name);

    /// <summary>The folder of a project, which is its process's working directory.</summary>
    public static string Project(string project) => Path.Combine(Root, project);

    /// <summary>The built assembly of a project, to be started with <see cref="Dotnet"/>.</summary>
    public static string Assembly(string project) =>
        Path.Combine(Project(project), Metadata("Andi.Output"), Path.GetFileName(project) + ".dll");

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
