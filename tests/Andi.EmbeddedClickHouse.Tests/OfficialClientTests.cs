using System.Diagnostics;
using System.Reflection;

namespace Andi.EmbeddedClickHouse.Tests;

/// <summary>ClickHouse's own client for Node.js, which nobody here wrote: <c>official-client/client.test.mjs</c>.</summary>
public sealed class OfficialClientTests(SharedServer shared)
{
    [Fact]
    public async Task Official_client_finds_a_ClickHouse_server()
    {
        var folder = typeof(OfficialClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "OfficialClient").Value!;
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=spec", "client.test.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CLICKHOUSE_URL"] = shared.Server.Address.ToString();
        start.Environment["CLICKHOUSE_PASSWORD"] = ServerProcess.Password;
        start.Environment["CLICKHOUSE_BI_USER"] = NamedUsers.Reader;
        start.Environment["CLICKHOUSE_BI_PASSWORD"] = NamedUsers.Password;
        using var node = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = node.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = node.StandardError.ReadToEndAsync(limit.Token);
        await node.WaitForExitAsync(limit.Token);

        node.ExitCode.ShouldBe(0, await output + await errors);
        (await output).ShouldContain("fail 0");
        TestContext.Current.TestOutputHelper?.WriteLine(await output);
    }
}
