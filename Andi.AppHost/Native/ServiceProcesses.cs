using System.Globalization;
using Andi.AppHost.Engines;
using Andi.Topology;

namespace Andi.AppHost.Native;

internal sealed record ServicePorts(int Oltp, int Ingestor, int Analytics);

/// <summary>The services and the one-shot steps as child processes, with the environment that Aspire would give them.</summary>
internal sealed class ServiceProcesses(
    ServicePorts ports, IReadOnlyDictionary<string, string> connectionStrings, string kafkaProtocol, string signingKeyFile, string? otlpEndpoint)
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    public string OltpUrl => Url(ports.Oltp);

    public string IngestorUrl => Url(ports.Ingestor);

    public string AnalyticsUrl => Url(ports.Analytics);

    public IEnumerable<(ProcessDescription Process, string Url)> All() =>
    [
        (Service(ResourceNames.OltpApi, "Andi.Oltp", OltpUrl), OltpUrl),
        (Service(ResourceNames.Ingestor, "Andi.Ingestor", IngestorUrl), IngestorUrl),
        (Service(ResourceNames.AnalyticsApi, "Andi.AnalyticsApi", AnalyticsUrl), AnalyticsUrl),
    ];

    /// <summary>Brings both stores to the newest schema.</summary>
    public ProcessDescription Migrations() => Step(ResourceNames.Migrations, "migrate");

    public ProcessDescription Seed(int students) => Step("seed", "seed", "--students", students.ToString(CultureInfo.InvariantCulture));

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private ProcessDescription Service(string name, string project, string url) => Describe(name, project, []) with
    {
        Environment = new Dictionary<string, string>(Variables(name)) { ["ASPNETCORE_URLS"] = url },
        Probe = cancellationToken => HttpProbe.GetAsync(new Uri($"{url}/health"), cancellationToken),
        // Each failing answer is a line in the service's log.
        ProbeEvery = ProbeEvery,
        ReadyWithin = ReadyWithin,
        StopWithin = StopWithin,
    };

    private ProcessDescription Step(string name, params string[] arguments) => Describe(name, "Andi.Cli", arguments);

    private ProcessDescription Describe(string name, string project, string[] arguments) => new()
    {
        Name = name,
        Command = Dotnet.Program,
        Arguments = [Repository.Assembly(project), .. arguments],
        WorkingDirectory = Repository.Project(project),
        Environment = Variables(name),
        Probe = _ => Task.CompletedTask,
    };

    private Dictionary<string, string> Variables(string name)
    {
        var variables = ServiceSettings.Development(signingKeyFile, kafkaProtocol);
        variables["services__oltp-api__http__0"] = OltpUrl;
        variables["services__ingestor__http__0"] = IngestorUrl;
        variables["services__analytics-api__http__0"] = AnalyticsUrl;
        foreach (var (connection, value) in connectionStrings)
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
