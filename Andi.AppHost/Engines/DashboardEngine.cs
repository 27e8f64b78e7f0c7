using System.Text.Json;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost.Engines;

/// <summary>
/// The Aspire dashboard, standing alone: takes OTLP, shows traces, metrics and logs. Open to whoever is on this machine, and to nobody else
/// (loopback address). The Aspire host brings a dashboard of its own.
/// </summary>
public sealed class DashboardEngine(EngineFolder engines, StateFolder state, int port, int otlpGrpcPort, int otlpHttpPort)
{
    public string Url => $"http://127.0.0.1:{port}";

    /// <summary>OTLP over gRPC.</summary>
    public string OtlpEndpoint => $"http://127.0.0.1:{otlpGrpcPort}";

    public async Task<ProcessDescription> DescribeAsync(CancellationToken cancellationToken) => new()
    {
        Name = ResourceNames.Dashboard,
        Command = await UnpackAsync(cancellationToken),
        Arguments =
        [
            "dashboard",
            $"--ASPNETCORE_URLS={Url}",
            $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={OtlpEndpoint}",
            $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:{otlpHttpPort}",
            "--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true",
        ],
        WorkingDirectory = state.Root,
        Probe = cancellation => HttpProbe.GetAsync(new Uri($"{Url}/health"), cancellation),
        StopWithin = TimeSpan.FromSeconds(10),
    };

    // The CLI carries the dashboard packed. Started through the CLI it would be a grandchild of the host, out of reach of its signals; so it is
    // unpacked once per user and version, and its own program started. The CLI unpacks for itself, too, into .aspire in the home folder, and looks there when it
    // checks what it has unpacked elsewhere: sometimes too early, and takes everything back. With a home folder of its own both are the same place.
    private async Task<string> UnpackAsync(CancellationToken cancellationToken)
    {
        var package = Path.Combine(engines.Module("@microsoft/aspire-cli-linux-x64"), "package.json");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(package, cancellationToken));
        var home = Path.Combine(EngineFolder.Cache, $"aspire-{json.RootElement.GetProperty("version").GetString()}");
        var folder = Path.Combine(home, ".aspire");
        var program = Path.Combine(folder, "bundle", "managed", "aspire-managed");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(home);
            var (exitCode, output) = await Command.RunAsync(
                ["env", $"HOME={home}", engines.AspireCli, "setup", "--install-path", folder, "--non-interactive", "--nologo"], "/", cancellationToken);
            if (exitCode != 0 || !File.Exists(program))
            {
                throw new TopologyException($"The dashboard could not be unpacked to {folder} (exit code {exitCode}); --no-dashboard runs without it.\n{output}");
            }
        }

        return program;
    }
}
