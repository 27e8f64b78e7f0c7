using System.Text.Json;

namespace Andi.Topology;

/// <summary>
/// The contents of <c>.andi/run.json</c>, which a host writes once everything is healthy: where everything is. Addresses of what does not run are null.
/// A file that somebody wrote by hand may say less; what it does not say is null or empty.
/// </summary>
public sealed record RunFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>URL of the web app: where people begin.</summary>
    public string? Web { get; init; }

    /// <summary>URL of the write API.</summary>
    public string? Oltp { get; init; }

    /// <summary>URL of the read API.</summary>
    public string? Analytics { get; init; }

    public string? Ingestor { get; init; }

    /// <summary>URL of ClickHouse's HTTP interface, with user and password in it.</summary>
    public string Clickhouse { get; init; } = "";

    /// <summary>The same for BI tools: a user who only reads the marts. Null where the server is the user's own.</summary>
    public string? ClickhouseBi { get; init; }

    /// <summary>Connection string of the database <c>oltp</c>, of the server's administrator.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>Bootstrap list.</summary>
    public string Kafka { get; init; } = "";

    public string? Dashboard { get; init; }

    public RunTokens Tokens { get; init; } = new(Admin: null);

    /// <summary>The connection strings as services get them, by the names of <see cref="ConnectionNames"/>.</summary>
    public IReadOnlyDictionary<string, string> ConnectionStrings { get; init; } = new Dictionary<string, string>();

    /// <summary>One of <see cref="KafkaDialect"/>.</summary>
    public string? KafkaProtocol { get; init; }

    /// <summary>Within how many days the broker lets an event go; null where it is the user's own.</summary>
    public int? KafkaRetentionDays { get; init; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    /// <exception cref="JsonException">The file is not a run file.</exception>
    public static RunFile Read(string file) =>
        JsonSerializer.Deserialize<RunFile>(File.ReadAllText(file), Json) ?? throw new JsonException("The file holds no object.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <param name="Admin">Bearer token of the role admin.</param>
public sealed record RunTokens(string? Admin);
