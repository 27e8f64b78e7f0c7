using System.Net;
using System.Net.Sockets;
using Andi.AppHost.Native;
using Andi.Tests;
using Andi.Topology;

namespace Andi.AppHost.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData(ResourceNames.Postgres)]
    [InlineData(ResourceNames.KafkaBroker)]
    public async Task A_child_that_dies_ends_the_run_with_its_last_lines(string child)
    {
        await using var host = HostProcess.Start(TestState.Empty("child-dies"), "--engines-only", "--no-dashboard");
        await host.HealthyAsync();

        host.Signal("KILL", host.Child(child));

        (await host.ExitCodeAsync()).ShouldBe(1, host.Output);
        host.Output.ShouldContain($"{child} was ended by signal 9. Its last lines");
        var lastLine = (await File.ReadAllLinesAsync(Path.Combine(host.StateFolder, "logs", $"{child}.log"), TestContext.Current.CancellationToken))[^1];
        host.Output.ShouldContain(lastLine);
        await host.NothingLeftAsync(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_taken_port_is_one_line_with_the_remedy()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var lines = await FailedLinesAsync(HostProcess.Start(TestState.Empty("taken-port"), "--engines-only", "--kafka-port", $"{port}"));

        lines.ShouldHaveSingleItem().ShouldStartWith($"✗ Port {port} (--kafka-port) is taken.");
    }

    [Fact]
    public async Task A_state_folder_in_use_is_one_line_with_the_remedy()
    {
        var state = TestState.Empty("in-use");
        await using var owner = new FileStream(Path.Combine(state, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var lines = await FailedLinesAsync(HostProcess.Start(state, "--engines-only"));

        lines.ShouldHaveSingleItem().ShouldBe($"✗ Another host runs on {state}. Stop it first, or give this one a folder of its own with --data DIR.");
    }

    [Fact]
    public async Task Missing_java_is_one_line_with_the_remedy()
    {
        var state = TestState.Empty("no-java");

        var lines = await FailedLinesAsync(Start(state, javaHome: Path.Combine(state, "nowhere")));

        lines.ShouldHaveSingleItem().ShouldContain("Install a JRE");
    }

    [Fact]
    public async Task Old_java_is_one_line_with_the_remedy()
    {
        var state = TestState.Empty("old-java");
        var java = Path.Combine(Directory.CreateDirectory(Path.Combine(state, "jre", "bin")).FullName, "java");
        await File.WriteAllTextAsync(java, "#!/bin/sh\necho 'openjdk version \"11.0.23\" 2024-04-16' >&2\n", TestContext.Current.CancellationToken);
        new FileInfo(java).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        var lines = await FailedLinesAsync(Start(state, javaHome: Path.Combine(state, "jre")));

        lines.ShouldHaveSingleItem().ShouldContain("Java is too old: openjdk version \"11.0.23\"");
    }

    [Theory]
    [InlineData("--seed", "0")]
    [InlineData("--seed", "many")]
    [InlineData("--postgres-port", "65536")]
    [InlineData("--no-such-option", "1")]
    public async Task A_wrong_option_is_named(string option, string value)
    {
        await using var host = HostProcess.Start(TestState.Empty("options"), option, value);

        (await host.ExitCodeAsync()).ShouldBe(1, host.Output);
        host.Output.ShouldContain(option);
    }

    private static HostProcess Start(string state, string javaHome) => HostProcess.Start(
        state, [typeof(NativeTopology).Assembly.Location, "--host", "native", "--data", state, "--engines-only"], new() { ["JAVA_HOME"] = javaHome });

    // What the host printed after its greeting.
    private static async Task<string[]> FailedLinesAsync(HostProcess host)
    {
        await using (host)
        {
            (await host.ExitCodeAsync()).ShouldBe(1, host.Output);
            return [.. host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Andi,", StringComparison.Ordinal) && !line.Contains('✓', StringComparison.Ordinal))];
        }
    }
}
