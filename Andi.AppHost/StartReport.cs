using System.Data.Common;
using Andi.AppHost.State;
using Andi.Security;
using Andi.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.AppHost;

/// <summary>Says on the console how far the start is; once everything is healthy it writes run.json and prints where everything is.</summary>
/// <param name="host">The host.</param>
/// <param name="stores">Connection strings, by <see cref="ConnectionNames"/>.</param>
/// <param name="services">What must be healthy.</param>
/// <param name="notifications">Tells of states.</param>
internal sealed class StartReport(
    AndiHost host,
    IReadOnlyList<IResourceBuilder<IResourceWithConnectionString>> stores,
    IReadOnlyList<IResourceBuilder<ProjectResource>> services,
    ResourceNotificationService notifications)
{
    // Aspire's own resource.
    private const string Dashboard = "aspire-dashboard";

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);

    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly HashSet<string> _reported = [];

    /// <summary>Reports on this start, if it is one.</summary>
    public static void Register(
        AndiHost host, IReadOnlyList<IResourceBuilder<IResourceWithConnectionString>> stores, IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        if (host.IsRunMode)
        {
            host.Ports.Remember();
            host.Builder.Eventing.Subscribe<BeforeStartEvent>((started, cancellationToken) =>
            {
                // A test may have taken the services away.
                if (!services.All(service => started.Model.Resources.Contains(service.Resource)))
                {
                    return Task.CompletedTask;
                }

                _ = new StartReport(host, stores, services, started.Services.GetRequiredService<ResourceNotificationService>()).RunAsync(cancellationToken);
                return Task.CompletedTask;
            });
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(WatchAsync(cancellationToken), FinishAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // Stopping; or a service failed, which has been reported.
        }
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(services.Select(service => notifications.WaitForResourceHealthyAsync(service.Resource.Name, cancellationToken)));
        var connections = new Dictionary<string, string>();
        foreach (var store in stores)
        {
            connections[store.Resource.Name] = await store.Resource.GetConnectionStringAsync(cancellationToken)
                ?? throw new InvalidOperationException($"The connection string '{store.Resource.Name}' has no value.");
        }

        string Url(string name) => services.Single(service => service.Resource.Name == name).GetEndpoint("http").Url;
        var run = new RunFile
        {
            Web = Url(ResourceNames.Web),
            Oltp = Url(ResourceNames.OltpApi),
            Analytics = Url(ResourceNames.AnalyticsApi),
            Ingestor = Url(ResourceNames.Ingestor),
            Clickhouse = WarehouseUrl(connections[ConnectionNames.Warehouse]),
            ClickhouseBi = Stores.ClickHouseStore.BiUrl(host, connections[ConnectionNames.Warehouse]),
            Postgres = connections[ConnectionNames.Oltp],
            Kafka = connections[ConnectionNames.Kafka],
            KafkaProtocol = host.KafkaProtocol,
            KafkaRetentionDays = host.KafkaRetentionDays,
            Dashboard = DashboardUrl(),
            ConnectionStrings = connections,
            Tokens = new RunTokens(BearerToken.Create(host.SigningKey(), Roles.Admin, scopeId: null, TimeProvider.System.GetUtcNow() + TokenLifetime)),
        };
        SecretFile.Write(host.State.RunFile, run.ToJson());
        Console.WriteLine(Table(run));
    }

    // With the login token, as Aspire prints it itself; null without a dashboard.
    private string? DashboardUrl()
    {
        if (!notifications.TryGetCurrentState(Dashboard, out var dashboard)
            || dashboard.Snapshot.Urls.FirstOrDefault(candidate => candidate.Name is "http" or "https") is not { } url)
        {
            return null;
        }

        var login = host.Builder.Configuration["AppHost:BrowserToken"] is { Length: > 0 } token ? $"/login?t={token}" : "";
        return new Uri(url.Url).GetLeftPart(UriPartial.Authority) + login;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var notification in notifications.WatchAsync(cancellationToken))
        {
            var (resource, snapshot) = (notification.Resource, notification.Snapshot);
            var isDone = resource is ProjectResource or ExecutableResource or ContainerResource && (
                snapshot.HealthStatus == HealthStatus.Healthy && snapshot.HealthReports.Length > 0
                || snapshot.ExitCode == 0);
            if (isDone && _reported.Add(resource.Name))
            {
                Console.WriteLine($"  ✓ {resource.Name,-14} {TimeProvider.System.GetElapsedTime(_started).TotalSeconds,6:0.0} s");
            }
        }
    }

    private string Table(RunFile run)
    {
        var postgres = new DbConnectionStringBuilder { ConnectionString = run.Postgres };
        (string What, string? Where)[] rows =
        [
            ("Andi", run.Web),
            ("write API", run.Oltp),
            ("write API docs", $"{run.Oltp}/docs"),
            ("read API", run.Analytics),
            ("read API docs", $"{run.Analytics}/docs"),
            ("dashboard", run.Dashboard),
            ("PostgreSQL", $"{postgres["Host"]}:{(postgres.TryGetValue("Port", out var port) ? port : "5432")}, databases oltp and ingest"),
            ("Kafka", $"{run.Kafka} (protocol {run.KafkaProtocol})"),
            ("ClickHouse", $"{new Uri(run.Clickhouse).GetLeftPart(UriPartial.Scheme)}{new Uri(run.Clickhouse).Authority}"),
            ("secrets, tokens", host.State.RunFile),
            ("logs", host.State.Logs),
        ];
        var lines = rows.Where(row => row.Where is not null).Select(row => $"  {row.What,-16} {row.Where}");
        return $"""

            Andi is healthy after {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0.0} s. Ctrl-C stops everything in order.

            {string.Join('\n', lines)}

            """;
    }

    /// <summary>ClickHouse's HTTP address with user and password in it, as curl and ClickHouse's clients take it.</summary>
    internal static string WarehouseUrl(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        string Part(string key, string otherwise) => parts.TryGetValue(key, out var value) ? Uri.EscapeDataString($"{value}") : otherwise;
        var protocol = Part("Protocol", "http");
        var login = $"{Part("Username", "default")}:{Part("Password", "")}";
        return $"{protocol}://{login}@{Part("Host", "localhost")}:{Part("Port", protocol == "https" ? "8443" : "8123")}";
    }
}
