using System.Net;
using System.Net.Sockets;
using Andi.Testing;

namespace Andi.AppHost.Tests;

/// <summary>What is wrong before anything starts is one line with its remedy, and exit code 1.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Taken_port_is_one_line_with_the_remedy()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var line = await FailureAsync(HostProcess.Start(TestState.Empty("taken-port"), "--kafka-port", $"{port}"));

        line.ShouldStartWith($"✗ Port {port} (--kafka-port) is taken.");
    }

    [Fact]
    public async Task State_folder_in_use_is_one_line_with_the_remedy()
    {
        var state = TestState.Empty("in-use");
        await using var owner = new FileStream(Path.Combine(state, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var line = await FailureAsync(HostProcess.Start(state));

        line.ShouldBe($"✗ Another host runs on {state}. Stop it first, or give this one a folder of its own with --data DIR.");
    }

    [Theory]
    [InlineData("ports.json", "{", "ports.json is damaged")]
    [InlineData("ports.json", "[1]", "ports.json is damaged")]
    [InlineData("signing.key", "not base64!", "signing.key")]
    [InlineData("signing.key", "c2hvcnQ=", "signing.key")]
    [InlineData("clickhouse.password", "with blanks in it", "clickhouse.password does not hold a password")]
    [InlineData("postgres.password", "", "postgres.password does not hold a password")]
    public async Task Damaged_file_of_the_state_folder_is_named(string file, string content, string named)
    {
        var state = TestState.Empty("damaged");
        await File.WriteAllTextAsync(Path.Combine(state, file), content, TestContext.Current.CancellationToken);

        var line = await FailureAsync(HostProcess.Start(state));

        line.ShouldContain(named);
        line.ShouldContain(state);
    }

    [Fact]
    public async Task State_folder_that_is_a_file_is_named()
    {
        var file = Path.Combine(TestState.Empty("no-folder"), "state");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        (await FailureAsync(HostProcess.Start(file))).ShouldContain($"The state folder {file} cannot be made");
    }

    [Fact]
    public async Task Missing_java_is_one_line_with_the_remedy()
    {
        var state = TestState.Empty("no-java");

        var line = await FailureAsync(HostProcess.Start(state, new Dictionary<string, string> { ["JAVA_HOME"] = Path.Combine(state, "nowhere") }));

        line.ShouldContain("Install a JRE");
    }

    [Fact]
    public async Task Old_java_is_one_line_with_the_remedy()
    {
        var state = TestState.Empty("old-java");
        var java = Path.Combine(Directory.CreateDirectory(Path.Combine(state, "jre", "bin")).FullName, "java");
        await File.WriteAllTextAsync(java, "#!/bin/sh\necho 'openjdk version \"11.0.23\" 2024-04-16' >&2\n", TestContext.Current.CancellationToken);
        new FileInfo(java).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        var line = await FailureAsync(HostProcess.Start(state, new Dictionary<string, string> { ["JAVA_HOME"] = Path.Combine(state, "jre") }));

        line.ShouldContain("Java is too old: openjdk version \"11.0.23\"");
    }

    [Theory]
    [InlineData("", "--seed", "0")]
    [InlineData("", "--seed", "many")]
    [InlineData("", "--postgres-port", "65536")]
    [InlineData("", "--slot-wal-keep-size", "16 gigabytes")]
    [InlineData("", "--retention-years", "0")]
    [InlineData("", "--retention-years", "50")]
    [InlineData("--fresh", "--frech")]
    [InlineData("--kafka-partitions", "--kafka-partition", "1")]
    [InlineData("", "--no-such-option", "1")]
    public void Wrong_option_is_named_with_the_near_ones(string near, params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var written = new StringWriter();
        Console.SetOut(written);
        Console.SetError(written);
        try
        {
            AppHostOptions.Parse(arguments, out var exitCode).ShouldBeNull();
            exitCode.ShouldBe(1);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        written.ToString().ShouldContain(arguments[0]);
        written.ToString().ShouldContain(near);
    }

    [Fact]
    public void Options_of_aspire_are_passed_on()
    {
        var options = AppHostOptions.Parse(["--fresh", "--publisher", "manifest", "--Logging:LogLevel:Default=Debug", "--seed", "5"], out _);

        options.ShouldNotBeNull().ForAspire.ShouldBe(["--publisher", "manifest", "--Logging:LogLevel:Default=Debug"]);
        options.Seed.ShouldBe(5);
        options.Fresh.ShouldBeTrue();
    }

    private static async Task<string> FailureAsync(HostProcess host)
    {
        await using (host)
        {
            (await host.ExitCodeAsync()).ShouldBe(1, host.Output);
            host.Output.ShouldNotContain("   at ", customMessage: "a stack trace");
            return host.Failures.ShouldHaveSingleItem(host.Output);
        }
    }
}
