using System.Globalization;
using Andi.AppHost.Engines;
using Andi.Topology;

namespace Andi.AppHost.Native;

/// <summary>One port for each replica of each service.</summary>
internal sealed record ServicePorts(IReadOnlyList<int> Oltp, IReadOnlyList<int> Ingestor, IReadOnlyList<int> Analytics);

/// <summary>The services and the one-shot steps as child processes, with the environment that Aspire would give them.</summary>
internal sealed class ServiceProcesses(
    ServicePorts ports,
    IReadOnlyDictionary<string, string> storeConnections,
    IReadOnlyDictionary<string, string> serviceConnections,
    string kafkaProtocol,
    string signingKeyFile,
    string? otlpEndpoint,
    IReadOnlyDictionary<string, string> serviceVariables,
    int? retentionYears)
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    public string OltpUrl => Url(ports.Oltp[0]);

    public string IngestorUrl => Url(ports.Ingestor[0]);

    public string AnalyticsUrl => Url(ports.Analytics[0]);

    public IReadOnlyList<(ProcessDescription Process, string Url)> All() =>
    [
        .. Replicas(ResourceNames.OltpApi, "Andi.Oltp", ports.Oltp),
        .. Replicas(ResourceNames.Ingestor, "Andi.Ingestor", ports.Ingestor),
        .. Replicas(ResourceNames.AnalyticsApi, "Andi.AnalyticsApi", ports.Analytics),
    ];

    /// <summary>Brings both stores to the newest schema.</summary>
    public ProcessDescription Migrations()
    {
        var step = Step(ResourceNames.Migrations, "migrate");
        return step with { Environment = new Dictionary<string, string>([.. step.Environment, .. ServiceSettings.Retention(retentionYears)]) };
    }

    public ProcessDescription Seed(int students) => Step("seed", "seed", "--students", students.ToString(CultureInfo.InvariantCulture));

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private IEnumerable<(ProcessDescription Process, string Url)> Replicas(string name, string project, IReadOnlyList<int> replicas) =>
        replicas.Select((port, replica) => (Service(replica == 0 ? name : $"{name}-{replica + 1}", project, Url(port)), Url(port)));

    private ProcessDescription Service(string name, string project, string url) => Describe(name, project, serviceConnections, []) with
    {
        Environment = new Dictionary<string, string>([.. Variables(name, serviceConnections), .. serviceVariables]) { ["ASPNETCORE_URLS"] = url },
        Probe = cancellationToken => HttpProbe.GetAsync(new Uri($"{url}/health"), cancellationToken),
        // Each failing answer is a line in the service's log.
        ProbeEvery = ProbeEvery,
        ReadyWithin = ReadyWithin,
        StopWithin = StopWithin,
    };

    private ProcessDescription Step(string name, params string[] arguments) => Describe(name, "Andi.Cli", storeConnections, arguments);

    private ProcessDescription Describe(string name, string project, IReadOnlyDictionary<string, string> connections, string[] arguments) => new()
    {
        Name = name,
        Command = Dotnet.Program,
        Arguments = [Repository.Assembly(project), .. arguments],
        WorkingDirectory = Repository.Project(project),
        Environment = Variables(name, connections),
        Probe = _ => Task.CompletedTask,
    };

    private Dictionary<string, string> Variables(string name, IReadOnlyDictionary<string, string> connections)
    {
        var variables = ServiceSettings.Development(signingKeyFile, kafkaProtocol);
        variables["services__oltp-api__http__0"] = OltpUrl;
        variables["services__ingestor__http__0"] = IngestorUrl;
        variables["services__analytics-api__http__0"] = AnalyticsUrl;
        foreach (var (connection, value) in connections)
        {
            variables[$"ConnectionStrings__{connection}"] = value;
        }

        if (otlpEndpoint is not null)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlpEndpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            variables["OTEL_SERVICE_NAME"] = name;
            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid():N}";
        }

        return variables;
    }
}
