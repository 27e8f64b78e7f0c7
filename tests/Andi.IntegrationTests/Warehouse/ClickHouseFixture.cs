using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Andi.IntegrationTests.Tls;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Andi.IntegrationTests.Warehouse;

/// <summary>A ClickHouse of this test run's own: libchdb behind ClickHouse's HTTP interface, on a free port and an empty folder.</summary>
public sealed class ClickHouseFixture : IAsyncLifetime
{
    private readonly TestAuthority? _authority;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("andi-clickhouse-").FullName;
    private readonly List<string> _log = [];
    private Process? _process;

    public ClickHouseFixture()
    {
    }

    /// <summary>One that is reached by TLS only, as <c>localhost</c>.</summary>
    internal ClickHouseFixture(TestAuthority authority) => _authority = authority;

    /// <summary>Where it keeps its data; a copy of another one's may be put there before it starts.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    public ClickHouseOptions Options { get; private set; } = null!;

    public ClickHouseClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        var address = _authority is null ? "Host=127.0.0.1;Protocol=http" : $"Host=localhost;Protocol=https;RootCertificate={_authority.RootFile}";
        Options = ClickHouseOptions.Parse($"{address};Port={port};Username=default;Password=p'w\\1;Database=default");
        var server = typeof(ClickHouseFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "EmbeddedClickHouse").Value!;
        var start = new ProcessStartInfo("dotnet", [server, "--urls", $"{Options.Endpoint.Scheme}://127.0.0.1:{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ClickHouse__DataPath"] = DataFolder,
                ["ClickHouse__Port"] = $"{port}",
                ["ClickHouse__Password"] = Options.Password,
                // Tests read back what was exported to files.
                ["ClickHouse__AllowedSources__0"] = "FILE",
            },
        };
        if (_authority is not null)
        {
            start.Environment["Kestrel__Certificates__Default__Path"] = _authority.CertificateFile;
            start.Environment["Kestrel__Certificates__Default__KeyPath"] = _authority.KeyFile;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new ClickHouseClient(Options, NullLogger<ClickHouseClient>.Instance);
        await WaitAsync();
    }

    /// <summary>Ends the server and keeps its data.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await StopAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                await Client.ScalarAsync<int>(new("SELECT 1"), limit.Token);
                return;
            }
            catch (ClickHouseException) when (!_process!.HasExited && !limit.IsCancellationRequested)
            {
                await Task.Delay(100, CancellationToken.None);
            }
            catch (Exception failure)
            {
                lock (_log)
                {
                    throw new InvalidOperationException($"The embedded ClickHouse did not start:\n{string.Join('\n', _log)}", failure);
                }
            }
        }
    }

    private void Remember(string? line)
    {
        lock (_log)
        {
            _log.Add(line ?? "");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
