using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Andi.AppHost.Engines;
using Andi.AppHost.Native;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>Which host runs the topology.</summary>
internal enum HostKind
{
    /// <summary>Plain processes, no Aspire.</summary>
    Native,

    /// <summary>Aspire; only in a build with it.</summary>
    Aspire,
}

/// <summary>What the stores are, in the Aspire host.</summary>
internal enum StoreKind
{
    /// <summary>Containers where a container engine answers, else native.</summary>
    Auto,
    Containers,

    /// <summary>The engines that the native host runs, as executables.</summary>
    Native,
}

/// <summary>The command line of both hosts.</summary>
/// <param name="Host">See <see cref="HostKind"/>.</param>
/// <param name="Stores">See <see cref="StoreKind"/>.</param>
/// <param name="Topology">What to start; its <see cref="NativeTopologyOptions.Tell"/> is the host's to set.</param>
/// <param name="Seed">Students to seed once healthy; null: none.</param>
internal sealed partial record HostOptions(HostKind Host, StoreKind Stores, NativeTopologyOptions Topology, int? Seed)
{
#if ANDI_ASPIRE
    private const HostKind Built = HostKind.Aspire;
#else
    private const HostKind Built = HostKind.Native;
#endif

    private const int HighestPort = 65_535;

    /// <summary>Parses; answers <c>--help</c> and errors itself.</summary>
    /// <returns>The options, or null and the exit code where there is nothing to run.</returns>
    public static (HostOptions? Options, int ExitCode) Parse(string[] args)
    {
        var host = new Option<HostKind>("--host")
        {
            Description = "Which host runs the topology: native (plain processes) or, in a build with ANDI_HOSTING=aspire, aspire.",
            DefaultValueFactory = _ => Built,
        };
        var stores = new Option<StoreKind>("--engines") { Description = "Aspire host: stores as containers or as native engines; auto takes containers where a container engine answers." };
        var seed = new Option<int?>("--seed") { Description = "Once healthy, fill the stores with data of this many students.", HelpName = "N" };
        var fresh = new Option<bool>("--fresh") { Description = "Wipe the data of earlier runs first." };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Run without the Aspire dashboard; services export no telemetry." };
        var enginesOnly = new Option<bool>("--engines-only") { Description = "Native host: start the stores only, no migrations and no services." };
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
        var slotWal = new Option<string>("--slot-wal-keep-size")
        {
            Description = "WAL that PostgreSQL keeps for a change relay that is away; beyond it a rebuild begins.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => PostgresEngine.DefaultSlotWalKeepSize,
        };
        slotWal.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !SizeForm().IsMatch(token.Value))
            {
                result.AddError($"{token.Value} is not a size such as 512MB or 16GB (--slot-wal-keep-size).");
            }
        });
        var retention = new Option<int?>("--retention-years")
        {
            Description = $"For how many years the warehouse's rows count, {RetentionLimits.LeastYears} to {RetentionLimits.MostYears}; kept in the warehouse for later runs. "
                + $"Default: the environment variable {ServiceSettings.Variable(SettingNames.RetentionYears)}, else as it was, {RetentionLimits.DefaultYears} at first.",
            HelpName = "N",
            CustomParser = result => Years(result, result.Tokens[0].Value, "--retention-years"),
            DefaultValueFactory = result => Environment.GetEnvironmentVariable(ServiceSettings.Variable(SettingNames.RetentionYears)) is { Length: > 0 } text
                ? Years(result, text, ServiceSettings.Variable(SettingNames.RetentionYears))
                : null,
        };
        seed.Validators.Add(AtLeastOne);
        host.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Built == HostKind.Native && token.Value.Equals(nameof(HostKind.Aspire), StringComparison.OrdinalIgnoreCase))
            {
                result.AddError("This build has no Aspire in it. Build with ANDI_HOSTING=aspire, on a package feed that has Aspire.");
            }
        });

        var root = new RootCommand("Runs Andi on this machine: PostgreSQL, Kafka, ClickHouse, the dashboard and the services. Ctrl-C stops everything in order.")
        {
            host, stores, seed, fresh, noDashboard, enginesOnly, data, partitions, slotWal, retention,
        };
        // Aspire has arguments of its own (--publisher, --operation, …).
        root.TreatUnmatchedTokensAsErrors = Built == HostKind.Native;

        Option<int?> Port(string name)
        {
            var port = PortOption(name);
            root.Options.Add(port);
            return port;
        }

        var (oltp, analytics, ingestor, dashboard) = (Port("oltp"), Port("analytics"), Port("ingestor"), Port("dashboard"));
        var (postgres, kafka, zooKeeper, clickHouse) = (Port("postgres"), Port("kafka"), Port("zookeeper"), Port("clickhouse"));
        var (otlpGrpc, otlpHttp) = (Port("otlp-grpc"), Port("otlp-http"));
        HostOptions? options = null;
        root.SetAction(parsed => options = new HostOptions(
            parsed.GetValue(host),
            parsed.GetValue(stores),
            new NativeTopologyOptions
            {
                StateFolder = parsed.GetValue(data)!,
                Services = !parsed.GetValue(enginesOnly),
                Dashboard = !parsed.GetValue(noDashboard),
                Fresh = parsed.GetValue(fresh),
                KafkaPartitions = parsed.GetValue(partitions),
                SlotWalKeepSize = parsed.GetValue(slotWal)!,
                RetentionYears = parsed.GetValue(retention),
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
            parsed.GetValue(seed)));

        var exitCode = root.Parse(args).Invoke();
        return (options, exitCode);
    }

    [GeneratedRegex("^[1-9][0-9]{0,6}(MB|GB|TB)$")]
    private static partial Regex SizeForm();

    private static Option<int?> PortOption(string name)
    {
        var port = new Option<int?>($"--{name}-port") { Description = "Else a free port is picked.", HelpName = "PORT" };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 1 or > HighestPort))
            {
                result.AddError($"{token.Value} is not a port: --{name}-port takes a number from 1 to {HighestPort}.");
            }
        });
        return port;
    }

    private static int? Years(ArgumentResult result, string text, string name)
    {
        if (RetentionLimits.TryParse(text, out var years))
        {
            return years;
        }

        result.AddError(RetentionLimits.Refusal(text, name));
        return null;
    }

    private static void AtLeastOne(OptionResult result)
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < 1))
        {
            result.AddError($"{token.Value} is not a number of at least 1 ({result.Option.Name}).");
        }
    }
}
