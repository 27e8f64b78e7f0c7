using Andi.AppHost.State;

namespace Andi.AppHost.Engines;

/// <summary>Installs the native engines from their lock file, where they are not there yet or the lock file says others; see engines/install.sh.</summary>
internal static class EngineInstaller
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    /// <param name="report">Called every few seconds with how far a running installation is.</param>
    /// <param name="cancellationToken">Ends npm, too.</param>
    /// <exception cref="StartException">The installation failed.</exception>
    public static async Task EnsureAsync(Action<string> report, CancellationToken cancellationToken)
    {
        var installation = Command.RunAsync(["sh", Path.Combine(Repository.Engines, "install.sh")], Repository.Engines, cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        while (await Task.WhenAny(installation, Task.Delay(ReportEvery, cancellationToken)) != installation)
        {
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            report($"  … engines        installing (npm ci): {Megabytes(Repository.EnginePackage(""))} MB after {elapsed.TotalSeconds:0} s");
        }

        var (exitCode, output) = await installation;
        if (exitCode != 0)
        {
            throw new StartException($"The engines could not be installed. {output}");
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
}
