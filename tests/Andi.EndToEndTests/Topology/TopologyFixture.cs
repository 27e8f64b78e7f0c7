using System.Net.Http.Headers;
using System.Text.Json;
using Andi.EndToEndTests.Topology;
using Andi.Testing;

[assembly: AssemblyFixture(typeof(TopologyFixture))]

namespace Andi.EndToEndTests.Topology;

/// <summary>
/// The whole topology, started once for all tests of this assembly. A test class gets it by a constructor parameter and
/// speaks to it over HTTP. The data is shared: a test makes districts, schools, … with ids of its own (<see cref="NewId"/>).
/// </summary>
public sealed class TopologyFixture : IAsyncLifetime
{
    private const string State = "end-to-end";

    private IDisposable? _lock;
    private RunningAndi? _topology;
    private string? _stateFolder;
    private RunJson? _run;

    /// <summary>run.json as it was when everything was healthy.</summary>
    public RunJson Run => _run ?? throw new InvalidOperationException("The topology has not started.");

    /// <summary>Where run.json lies.</summary>
    public string RunFile => Path.Combine(_stateFolder!, "run.json");

    /// <summary>ClickHouse's connection string, as its clients take it.</summary>
    public string Warehouse
    {
        get
        {
            var url = new Uri(Run.Clickhouse);
            var user = url.UserInfo.Split(':');
            return $"Host={url.Host};Port={url.Port};Protocol={url.Scheme};Username={user[0]};Password={user[1]};Database=default";
        }
    }

    /// <summary>The write side, as admin.</summary>
    public HttpClient Oltp => field ??= Client(Run.Oltp, Run.Tokens.Admin);

    /// <summary>The read side, as admin.</summary>
    public HttpClient Analytics => field ??= Client(Run.Analytics, Run.Tokens.Admin);

    /// <summary>The dashboard's telemetry API.</summary>
    public HttpClient Dashboard => field ??= new HttpClient
    {
        BaseAddress = new Uri(new Uri(Run.Dashboard!).GetLeftPart(UriPartial.Authority)),
        DefaultRequestHeaders = { { "x-api-key", _topology!.DashboardApiKey } },
    };

    /// <summary>A command of the dashboard, which must succeed; what it printed.</summary>
    public async Task<string> CommandAsync(string resource, string command, params (string Name, string Value)[] arguments)
    {
        var (succeeded, output) = await _topology!.CommandAsync(
            resource, command, arguments.ToDictionary(argument => argument.Name, argument => argument.Value), TestContext.Current.CancellationToken);
        succeeded.ShouldBeTrue(output);
        return output;
    }

    /// <summary>An id that no other test uses.</summary>
    public static string NewId(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    /// <param name="baseAddress">A service of <see cref="Run"/>.</param>
    /// <param name="token">Bearer token; null: none is sent.</param>
    public static HttpClient Client(string baseAddress, string? token) => new()
    {
        BaseAddress = new Uri(baseAddress),
        Timeout = TimeSpan.FromMinutes(2),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public async ValueTask InitializeAsync()
    {
        _lock = await TopologyLock.TakeAsync(CancellationToken.None);
        _stateFolder = TestState.Empty(State);
        _topology = await RunningAndi.StartAsync(new RunningAndiOptions { StateFolder = _stateFolder, Dashboard = true }, CancellationToken.None);
        _run = JsonSerializer.Deserialize<RunJson>(await File.ReadAllTextAsync(RunFile), JsonSerializerOptions.Web);
    }

    public async ValueTask DisposeAsync()
    {
        Oltp.Dispose();
        Dashboard.Dispose();
        Analytics.Dispose();
        if (_topology is not null)
        {
            await _topology.DisposeAsync();
            TestState.DropData(_stateFolder!);
        }

        _lock?.Dispose();
    }
}
