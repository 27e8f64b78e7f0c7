using System.Diagnostics;
using Andi.Tests;

namespace Andi.AppHost.Tests;

/// <summary>Projects that are built at the same time install the engines once, and none goes on with half of them.</summary>
public sealed class EngineInstallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_of_librdkafka_waits_for_an_installation_that_is_under_way()
    {
        var (folder, ours) = (TestState.Empty("engine-install"), Path.Combine(TestState.Solution(), "engines"));
        foreach (var script in (string[])["install.sh", "say.sh"])
        {
            File.Copy(Path.Combine(ours, script), Path.Combine(folder, script));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "package-lock.json"), "{}", Cancel);
        // As npm leaves it while it unpacks: the folder is there, nothing is in it yet.
        Directory.CreateDirectory(Path.Combine(folder, "node_modules", "@confluentinc", "kafka-javascript", "deps", "librdkafka"));
        var holder = Directory.CreateDirectory(Path.Combine(folder, ".installing")).FullName;
        await File.WriteAllTextAsync(Path.Combine(holder, "pid"), $"{Environment.ProcessId}", Cancel);

        using var build = Process.Start(new ProcessStartInfo("sh", [Path.Combine(ours, "librdkafka.redist", "build.sh"), folder, Path.Combine(folder, "cache")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = build.StandardError.ReadToEndAsync(Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        build.HasExited.ShouldBeFalse("it has not waited");

        // The installation ends; without a source there is nothing to build, which is told only now.
        await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", ".package-lock.json"), "{}", Cancel);
        Directory.Delete(holder, recursive: true);
        await build.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        (await error).ShouldContain("ANDI002");
    }
}
