using System.Text.Json;
using System.Text.Json.Nodes;

namespace Andi.AppHost.Engines;

/// <summary>Installs the engines from the lock file, where they are not there yet or the lock file says others.</summary>
public static class EngineInstallation
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    /// <param name="folder">Where to.</param>
    /// <param name="progress">Told, every few seconds, how far a running installation is.</param>
    /// <param name="cancellationToken">Ends npm, too.</param>
    public static async Task EnsureAsync(EngineFolder folder, Action<string> progress, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64)
        {
            throw new TopologyException("The native engines that are pinned here are those of Linux x64. Elsewhere run the containers (ANDI_HOSTING=aspire).");
        }

        if (IsInstalled(folder))
        {
            return;
        }

        progress("installing from engines/package-lock.json (npm ci)");
        using var reporting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var report = ReportAsync(folder, progress, reporting.Token);
        var (exitCode, output) = await Command.RunAsync(["sh", Path.Combine(folder.Root, "install.sh")], folder.Root, cancellationToken);
        await reporting.CancelAsync();
        await report;
        if (exitCode != 0)
        {
            throw new TopologyException($"The engines could not be installed. {output}");
        }

        if (!IsInstalled(folder))
        {
            throw new TopologyException($"{folder.Module("")} does not hold what engines/package-lock.json says. Remove it and start again.");
        }
    }

    // The package carries its library links as a list and makes them in an install script; scripts are off.
    private static void MakePostgresLinks(EngineFolder folder)
    {
        var list = Path.Combine(folder.Postgres, "pg-symlinks.json");
        foreach (var link in JsonSerializer.Deserialize<LibraryLink[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
        {
            var target = Path.Combine(folder.PostgresPackage, link.Target);
            File.Delete(target);
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(link.Target)!, link.Source));
        }

        File.WriteAllText(LinksMade(folder), "");
    }

    private static bool IsInstalled(EngineFolder folder)
    {
        var installed = Path.Combine(folder.Module(""), ".package-lock.json");
        if (!File.Exists(installed))
        {
            return false;
        }

        var wanted = Packages(Path.Combine(folder.Root, "package-lock.json"));
        var present = Packages(installed);
        var same = Directory.Exists(folder.Postgres)
            && File.Exists(folder.ChdbLibrary)
            && File.Exists(folder.AspireCli)
            && Directory.Exists(folder.KafkaJars)
            && present.All(package => wanted.TryGetValue(package.Key, out var version) && version == package.Value);
        if (same && !File.Exists(LinksMade(folder)))
        {
            // Fresh from npm: only the links are missing.
            MakePostgresLinks(folder);
        }

        return same;
    }

    private static string LinksMade(EngineFolder folder) => Path.Combine(folder.Postgres, ".links-made");

    private static Dictionary<string, string?> Packages(string lockFile) =>
        JsonNode.Parse(File.ReadAllText(lockFile))!["packages"]!.AsObject()
            .Where(package => package.Key.Length > 0)
            .ToDictionary(package => package.Key, package => (string?)package.Value!["version"]);

    private static async Task ReportAsync(EngineFolder folder, Action<string> progress, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(ReportEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                progress($"installing … {Megabytes(folder.Module(""))} MB after {seconds:0} s");
            }
        }
        catch (OperationCanceledException)
        {
            // The installation ended.
        }
    }

    private static long Megabytes(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) >> 20;
        }
        catch (IOException)
        {
            // npm moves files while they are counted; the next report counts again.
            return 0;
        }
    }

    private sealed record LibraryLink(string Source, string Target);
}
