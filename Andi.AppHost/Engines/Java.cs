using System.Globalization;
using System.Text.RegularExpressions;

namespace Andi.AppHost.Engines;

/// <summary>The Java that runs ZooKeeper and Kafka.</summary>
internal static partial class Java
{
    private const int OldestVersion = 17;

    private const string Remedy = "Kafka and ZooKeeper need Java 17 or newer. Install a JRE (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.";

    /// <summary>Of <c>JAVA_HOME</c> where that is set, else of the path.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home ? Path.Combine(home, "bin", "java") : "java";

    /// <exception cref="TopologyException">Java is not there or too old.</exception>
    public static async Task CheckAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync([Program, "-version"], "/", cancellationToken);
        if (exitCode != 0)
        {
            throw new TopologyException($"Java is missing ({Program}). {Remedy}");
        }

        // "1.8.0_402" is Java 8, "17.0.15" Java 17.
        var version = Version().Match(output);
        if (!version.Success || int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) < OldestVersion)
        {
            throw new TopologyException($"Java is too old: {output.Split('\n')[0]}. {Remedy}");
        }
    }

    [GeneratedRegex("version \"(\\d+)")]
    private static partial Regex Version();
}
