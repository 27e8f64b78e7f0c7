using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Andi.AppHost.Engines;
using Andi.AppHost.State;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>The command line of the host, validated: an unknown option is an error that names the nearest ones.</summary>
internal sealed partial record AppHostOptions
{
    /// <summary>Default of <see cref="SlotWalKeepSize"/>.</summary>
    public const string DefaultSlotWalKeepSize = "16GB";

    /// <summary>
    /// Default of <see cref="KafkaPartitions"/>. An insert into the warehouse costs the same for few rows as for hundreds, and every partition makes its own;
    /// more pay where several ingestors share the work.
    /// </summary>
    public const int DefaultKafkaPartitions = 1;

    private const string RetentionVariable = "Warehouse__RetentionYears";

    // Of Aspire itself; it reads them from the same command line.
    private static readonly string[] AspireOptions =
        ["--publisher", "--output-path", "--operation", "--step", "--environment", "--log-level", "--include-exception-details", "--deploy"];

    public EngineKind Engines { get; init; }

    /// <summary>Wipes the data of earlier runs before anything starts.</summary>
    public bool Fresh { get; init; }

    public bool Dashboard { get; init; } = true;

    /// <summary>Students to seed once everything is healthy; null: none.</summary>
    public int? Seed { get; init; }

    /// <summary>The state folder: data, secrets, logs and run.json.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Partitions of topics that are created from now on.</summary>
    public int KafkaPartitions { get; init; } = DefaultKafkaPartitions;

    /// <summary>Within how many days Kafka lets an event go, within <see cref="EventRetention"/>.</summary>
    public int KafkaRetentionDays { get; init; } = EventRetention.DefaultDays;

    /// <summary>WAL that PostgreSQL keeps for a change relay that is away, in PostgreSQL's notation (<c>512MB</c>).</summary>
    public string SlotWalKeepSize { get; init; } = DefaultSlotWalKeepSize;

    /// <summary>For how many years the warehouse's rows count, within <see cref="RetentionLimits"/>; null: as it was set last.</summary>
    public int? RetentionYears { get; init; }

    /// <summary>Ports that were asked for, by the name of their option without <c>--</c> and <c>-port</c>; one that is missing is picked.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>();

    /// <summary>Arguments that are meant for Aspire.</summary>
    public string[] ForAspire { get; init; } = [];

    /// <summary>Parses the command line. Answers <c>--help</c> and errors on the console.</summary>
    /// <returns>Null where there is nothing to run; <paramref name="exitCode"/> says whether that is an error.</returns>
    public static AppHostOptions? Parse(string[] args, out int exitCode)
    {
        var engines = new Option<EngineKind>("--engines")
        {
            Description = "Stores as containers or as native engines; auto takes containers where a container engine answers.",
        };
        var seed = AtLeastOne<int?>("--seed", "Fill the stores with data of this many students once everything is healthy.");
        var fresh = new Option<bool>("--fresh") { Description = "Wipe the data of earlier runs first." };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Run without the dashboard; services export no telemetry." };
        var data = new Option<string>("--data")
        {
            Description = "Folder for data, secrets, logs and run.json.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine(Repository.Root, ".andi"),
        };
        var partitions = AtLeastOne<int>("--kafka-partitions", "Partitions of topics that are created from now on.");
        partitions.DefaultValueFactory = _ => DefaultKafkaPartitions;
        var eventDays = new Option<int>("--kafka-retention-days")
        {
            Description = $"Within how many days Kafka lets an event go, {EventRetention.LeastDays} to {EventRetention.MostDays}; "
                + "an ingestor that is away for longer needs a rebuild.",
            HelpName = "N",
            DefaultValueFactory = _ => EventRetention.DefaultDays,
        };
        eventDays.Validators.Add(result => Refuse(
            result, token => EventRetention.TryParse(token, out _), token => EventRetention.Refusal(token, "--kafka-retention-days")));
        var slotWal = new Option<string>("--slot-wal-keep-size")
        {
            Description = "WAL that PostgreSQL keeps for a change relay that is away; beyond it a rebuild begins.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => DefaultSlotWalKeepSize,
        };
        slotWal.Validators.Add(
            result => Refuse(result, token => SizeForm().IsMatch(token), token => $"{token} is not a size such as 512MB or 16GB (--slot-wal-keep-size)."));
        var retention = new Option<int?>("--retention-years")
        {
            Description = $"For how many years the warehouse's rows count, {RetentionLimits.LeastYears} to {RetentionLimits.MostYears}; "
                + "kept in the warehouse for later runs. "
                + $"Default: the environment variable {RetentionVariable}, else as it was, {RetentionLimits.DefaultYears} at first.",
            HelpName = "N",
            CustomParser = result => Years(result, result.Tokens[0].Value, "--retention-years"),
            DefaultValueFactory = result =>
                Environment.GetEnvironmentVariable(RetentionVariable) is { Length: > 0 } text ? Years(result, text, RetentionVariable) : null,
        };
        var ports = PortStore.Names.ToDictionary(name => name, PortOption);
        var root = new RootCommand(
            "Runs Andi on this machine: PostgreSQL, Kafka, ClickHouse, the services and the Aspire dashboard. Ctrl-C stops everything in order.")
        {
            engines, seed, fresh, noDashboard, data, partitions, eventDays, slotWal, retention,
        };
        var passedOn = AspireOptions.Select(name => new Option<string[]>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrMore });
        foreach (var option in ports.Values.Cast<Option>().Concat(passedOn))
        {
            root.Options.Add(option);
        }

        AppHostOptions? options = null;
        var (own, forAspire) = Split(args);
        root.SetAction(parsed => options = new AppHostOptions
        {
            Engines = parsed.GetValue(engines),
            Fresh = parsed.GetValue(fresh),
            Dashboard = !parsed.GetValue(noDashboard),
            Seed = parsed.GetValue(seed),
            StateFolder = parsed.GetValue(data)!,
            KafkaPartitions = parsed.GetValue(partitions),
            KafkaRetentionDays = parsed.GetValue(eventDays),
            SlotWalKeepSize = parsed.GetValue(slotWal)!,
            RetentionYears = parsed.GetValue(retention),
            Ports = ports.Where(port => parsed.GetValue(port.Value) is not null).ToDictionary(port => port.Key, port => parsed.GetValue(port.Value)!.Value),
            ForAspire = forAspire,
        });
        exitCode = root.Parse(own).Invoke();
        return options;
    }

    // Configuration keys (--Logging:LogLevel:Default=Debug) and Aspire's own options are for Aspire; it must not see the others, as it would take
    // the option behind a flag for the flag's value. Aspire's options stay among ours, too, so that they are known.
    private static (string[] Own, string[] ForAspire) Split(string[] args)
    {
        List<string> own = [], forAspire = [];
        for (var index = 0; index < args.Length; index++)
        {
            var name = args[index].Split('=')[0];
            var isKey = name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal);
            if (!isKey && !AspireOptions.Contains(name))
            {
                own.Add(args[index]);
                continue;
            }

            forAspire.Add(args[index]);
            if (!args[index].Contains('=', StringComparison.Ordinal) && index + 1 < args.Length && !args[index + 1].StartsWith("--", StringComparison.Ordinal))
            {
                forAspire.Add(args[++index]);
            }
        }

        return ([.. own], [.. forAspire]);
    }

    [GeneratedRegex("^[1-9][0-9]{0,6}(MB|GB|TB)$")]
    private static partial Regex SizeForm();

    private static Option<int?> PortOption(string name)
    {
        var port = new Option<int?>($"--{name}-port") { Description = "Else a free port is picked.", HelpName = "PORT" };
        port.Validators.Add(result => Refuse(
            result, token => ushort.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0,
            token => $"{token} is not a port: --{name}-port takes a number from 1 to {ushort.MaxValue}."));
        return port;
    }

    private static Option<T> AtLeastOne<T>(string name, string description)
    {
        var option = new Option<T>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => Refuse(
            result, token => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1,
            token => $"{token} is not a number of at least 1 ({name})."));
        return option;
    }

    private static void Refuse(OptionResult result, Predicate<string> isValid, Func<string, string> message)
    {
        if (result.Tokens is [var token] && !isValid(token.Value))
        {
            result.AddError(message(token.Value));
        }
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
}
