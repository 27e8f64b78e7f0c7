namespace Andi.AppHost.Engines;

internal static class Dotnet
{
    /// <summary>The dotnet that started this host, where it says so, else the one of the path.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
