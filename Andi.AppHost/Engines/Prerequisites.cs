using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Andi.AppHost.State;

namespace Andi.AppHost.Engines;

/// <summary>The Java that runs ZooKeeper and Kafka.</summary>
internal static class Java
{
    /// <summary>Of <c>JAVA_HOME</c> where that is set, else of the path.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 } home
        ? Path.Combine(home, "bin", "java")
        : "java";
}

/// <summary>What native engines need of the machine. Whatever is missing is one line that names the remedy.</summary>
internal static partial class Prerequisites
{
    private const int OldestJava = 17;
    private const string JavaRemedy =
        "Kafka and ZooKeeper need Java 17 or newer. Install a JRE (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME.";

    /// <exception cref="StartException">Something is missing or too old.</exception>
    public static async Task CheckAsync(bool needsJava, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new StartException(
                "The pinned native engines are those of Linux x64. "
                + "Elsewhere start a container engine (Docker, Podman), or name stores of your own with ConnectionStrings__*.");
        }

        if (Environment.IsPrivilegedProcess && (await Command.RunAsync(["setpriv", "--version"], "/", cancellationToken)).ExitCode != 0)
        {
            throw new StartException(
                "setpriv is missing: as root, PostgreSQL is started with it as another user. Install util-linux, or start the host as another user.");
        }

        if (needsJava)
        {
            await CheckJavaAsync(cancellationToken);
        }
    }

    private static async Task CheckJavaAsync(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Command.RunAsync([Java.Program, "-version"], "/", cancellationToken);
        if (exitCode != 0)
        {
            throw new StartException($"Java is missing ({Java.Program}). {JavaRemedy}");
        }

        // "1.8.0_402" is Java 8, "17.0.15" Java 17.
        var version = JavaVersion().Match(output);
        if (!version.Success || int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) < OldestJava)
        {
            throw new StartException($"Java is too old: {output.Split('\n')[0]}. {JavaRemedy}");
        }
    }

    [GeneratedRegex("version \"(\\d+)")]
    private static partial Regex JavaVersion();
}
