using System.CommandLine;
using System.CommandLine.Parsing;

namespace Andi.AppHost.Native;

/// <summary>The native host's command line.</summary>
/// <param name="Topology">What to start; its <see cref="NativeTopologyOptions.Tell"/> is the host's to set.</param>
/// <param name="Seed">Students to seed once healthy; null: none.</param>
internal sealed record HostOptions(NativeTopologyOptions Topology, int? Seed)
{
    private const int HighestPort = 65_535;

    /// <summary>Parses, answers <c>--help</c> and errors itself, and else runs what is given.</summary>
    public static Task<int> RunAsync(string[] args, Func<HostOptions, Task<int>> run)
    {
        var seed = new Option<int?>("--seed") { Description = "Once healthy, fill the stores with data of this many students.", HelpName = "N" };
        var fresh = new Option<bool>("--fresh") { Description = "Wipe the data of earlier runs first." };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Run without the Aspire dashboard; services export no telemetry." };
        var enginesOnly = new Option<bool>("--engines-only") { Description = "Start the stores only: no migrations, no services." };
        var data = new Option<string>("--data")
        {
            Description = "Folder for data, secrets, logs and run.json.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(Repository.Root, ".andi"),
        };
        var partitions = new Option<int>("--kafka-partitions")
        {
            Description = "Partitions of topics that are made from now on.",
            HelpName = "N",
            DefaultValueFactory = _ => new NativeTopologyOptions { StateFolder = "" }.KafkaPartitions,
        };
        partitions.Validators.Add(AtLeastOne);
        seed.Validators.Add(AtLeastOne);

        var root = new RootCommand("Runs Andi on this machine without containers: PostgreSQL, Kafka, ClickHouse, the dashboard and the services. Ctrl-C stops everything in order.");
        Option[] options = [seed, fresh, noDashboard, enginesOnly, data, partitions];
        foreach (var option in options)
        {
            root.Options.Add(option);
        }

        Option<int?> Port(string name)
        {
            var port = new Option<int?>($"--{name}-port") { Description = "Else a free port is picked.", HelpName = "PORT" };
            port.Validators.Add(result =>
            {
                if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 1 or > HighestPort))
                {
                    result.AddError($"{token.Value} is not a port: --{name}-port takes a number from 1 to {HighestPort}.");
                }
            });
            root.Options.Add(port);
            return port;
        }

        var (oltp, analytics, ingestor, dashboard) = (Port("oltp"), Port("analytics"), Port("ingestor"), Port("dashboard"));
        var (postgres, kafka, zooKeeper, clickHouse) = (Port("postgres"), Port("kafka"), Port("zookeeper"), Port("clickhouse"));
        var (otlpGrpc, otlpHttp) = (Port("otlp-grpc"), Port("otlp-http"));
        root.SetAction((parsed, _) => run(new HostOptions(
            new NativeTopologyOptions
            {
                StateFolder = parsed.GetValue(data)!,
                Services = !parsed.GetValue(enginesOnly),
                Dashboard = !parsed.GetValue(noDashboard),
                Fresh = parsed.GetValue(fresh),
                KafkaPartitions = parsed.GetValue(partitions),
                Ports = new PortChoices
                {
                    Oltp = parsed.GetValue(oltp),
                    Analytics = parsed.GetValue(analytics),
                    Ingestor = parsed.GetValue(ingestor),
                    Dashboard = parsed.GetValue(dashboard),
                    Postgres = parsed.GetValue(postgres),
                    Kafka = parsed.GetValue(kafka),
                    ZooKeeper = parsed.GetValue(zooKeeper),
                    ClickHouse = parsed.GetValue(clickHouse),
                    OtlpGrpc = parsed.GetValue(otlpGrpc),
                    OtlpHttp = parsed.GetValue(otlpHttp),
                },
            },
            parsed.GetValue(seed))));

        // The host handles Ctrl-C and SIGTERM itself, in order and without the library's time limit.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static void AtLeastOne(OptionResult result)
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < 1))
        {
            result.AddError($"{token.Value} is not a number of at least 1 ({result.Option.Name}).");
        }
    }
}
