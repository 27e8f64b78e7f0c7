using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Andi.Kafka;
using Andi.Security;
using Andi.Topology;
using Andi.Warehouse.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Andi.Cli;

/// <summary>Where the APIs of a running Andi are, and a token for them.</summary>
/// <param name="Oltp">The write API.</param>
/// <param name="Analytics">The read API; null where nothing says it.</param>
/// <param name="Token">A bearer token for both.</param>
internal sealed record RunningAndi(Uri Oltp, Uri? Analytics, string Token)
{
    private const string UrlVariable = "services__oltp-api__http__0";
    private const string AnalyticsVariable = "services__analytics-api__http__0";
    private const string KeyVariable = "Security__SigningKeyFile";

    /// <summary>
    /// From what is given; else from the environment that a host gives its steps; else from <paramref name="runFile"/> or the <c>.andi/run.json</c> of this
    /// folder or the nearest one above it.
    /// </summary>
    /// <exception cref="CommandFailure">Neither says it.</exception>
    public static RunningAndi Find(string? url, string? token, string? runFile)
    {
        string? analytics = null;
        if (url is null && runFile is null)
        {
            url = Environment.GetEnvironmentVariable(UrlVariable);
            analytics = Environment.GetEnvironmentVariable(AnalyticsVariable);
        }

        if (token is null && runFile is null && Environment.GetEnvironmentVariable(KeyVariable) is { } key)
        {
            token = BearerToken.Create(SigningKey.Read(key), Roles.Admin, scopeId: null, TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1));
        }

        if (url is null || token is null)
        {
            var run = RunFileReader.Read(runFile ?? RunFileReader.Find("give --url and --token"));
            url ??= run.Oltp;
            analytics ??= run.Analytics;
            token ??= run.Tokens.Admin;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && token is not null
            ? new RunningAndi(address, Uri.TryCreate(analytics, UriKind.Absolute, out var reads) ? reads : null, token)
            : throw new CommandFailure($"The run file names no write API or no administrator's token (address: '{url}').");
    }
}

/// <summary>Finds and reads what a host wrote when all was healthy.</summary>
internal static class RunFileReader
{
    private static readonly string Name = Path.Combine(".andi", "run.json");

    /// <summary>The <c>.andi/run.json</c> of this folder or the nearest one above it.</summary>
    /// <param name="instead">What can be done where there is none.</param>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static string Find(string instead) =>
        FindFile(Name) ?? throw new CommandFailure($"Found no {Name} in this folder or above. Is Andi running? Start it, or {instead}.");

    /// <summary>The same; null where there is none.</summary>
    public static RunFile? TryRead() => FindFile(Name) is { } file ? Read(file) : null;

    /// <summary>A file by its path from this folder or the nearest one above it that has it; null where none has.</summary>
    public static string? FindFile(string path)
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static RunFile Read(string file)
    {
        try
        {
            return RunFile.Read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommandFailure($"{file} cannot be read: {exception.Message}");
        }
    }
}

/// <summary>How to reach the stores of a running Andi.</summary>
internal sealed record RunningStores(string Oltp, string Ingest, string Warehouse, KafkaConnection Kafka)
{
    /// <summary>Within how many days Kafka lets an event go; null where the broker is the user's own.</summary>
    public int? EventDays { get; private init; }

    /// <summary>The option by which every command that needs the stores may be told where they are.</summary>
    public static Option<string?> RunFileOption() => new("--run-file")
    {
        Description = "The file that the host writes once everything is healthy; default: the environment variables ConnectionStrings__*, else "
            + ".andi/run.json here or above.",
        HelpName = "file",
    };

    /// <summary>
    /// From <paramref name="runFile"/>; without one from the environment that a host gives its steps (<c>ConnectionStrings__*</c>, <c>Kafka__*</c>), and what
    /// that does not say from the <c>.andi/run.json</c> of this folder or the nearest one above it.
    /// </summary>
    /// <exception cref="CommandFailure">Neither says it.</exception>
    public static RunningStores Find(string? runFile)
    {
        string[] names = [ConnectionNames.Oltp, ConnectionNames.Ingest, ConnectionNames.Kafka, ConnectionNames.Warehouse];
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var told = new Dictionary<string, string?>();
        if (runFile is not null || names.Any(name => string.IsNullOrWhiteSpace(environment.GetConnectionString(name))))
        {
            var run = RunFileReader.Read(runFile ?? RunFileReader.Find($"set {string.Join(", ", names.Select(name => $"ConnectionStrings__{name}"))}"));
            told[SettingNames.KafkaProtocol] = run.KafkaProtocol;
            told[SettingNames.KafkaRetentionDays] = run.KafkaRetentionDays?.ToString(CultureInfo.InvariantCulture);
            foreach (var name in names)
            {
                told[$"ConnectionStrings:{name}"] = run.ConnectionStrings.GetValueOrDefault(name)
                    ?? throw new CommandFailure($"The run file has no connection string '{name}'.");
            }
        }

        var builder = new ConfigurationBuilder().AddInMemoryCollection(told);
        var configuration = (runFile is null ? builder.AddEnvironmentVariables() : builder).Build();
        return new RunningStores(
            configuration.GetConnectionString(ConnectionNames.Oltp)!,
            configuration.GetConnectionString(ConnectionNames.Ingest)!,
            configuration.GetConnectionString(ConnectionNames.Warehouse)!,
            KafkaConnection.From(configuration))
        {
            EventDays = EventRetention.TryParse(configuration[SettingNames.KafkaRetentionDays] ?? "", out var days) ? days : null,
        };
    }

    public NpgsqlDataSource OpenLedger() => NpgsqlDataSource.Create(Ingest);

    public ClickHouseClient OpenWarehouse() => new(WarehouseOptions(), NullLogger<ClickHouseClient>.Instance);

    /// <exception cref="CommandFailure">The connection string makes no sense.</exception>
    public ClickHouseOptions WarehouseOptions()
    {
        try
        {
            return ClickHouseOptions.Parse(Warehouse);
        }
        catch (FormatException wrong)
        {
            throw new CommandFailure($"The connection string '{ConnectionNames.Warehouse}' is not valid: {wrong.Message}");
        }
    }
}

/// <summary>A failure whose message tells the person at the command line all there is to know.</summary>
internal sealed class CommandFailure(string message) : Exception(message);
