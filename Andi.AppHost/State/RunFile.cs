using System.Text.Json;
using System.Text.Json.Serialization;

namespace Andi.AppHost.State;

/// <summary>run.json: where everything is, once everything is healthy. Addresses of what does not run are null.</summary>
public sealed record RunFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string? Oltp { get; init; }

    public string? Analytics { get; init; }

    public string? Ingestor { get; init; }

    /// <summary>URL of ClickHouse's HTTP interface, with user and password in it.</summary>
    public required string Clickhouse { get; init; }

    /// <summary>Connection string of the database <c>oltp</c>.</summary>
    public required string Postgres { get; init; }

    /// <summary>Bootstrap list.</summary>
    public required string Kafka { get; init; }

    public string? Dashboard { get; init; }

    public required RunTokens Tokens { get; init; }

    /// <summary>The connection strings as services get them, by name.</summary>
    public required IReadOnlyDictionary<string, string> ConnectionStrings { get; init; }

    /// <summary>What clients of the 0.9 protocol have to be told, else <c>modern</c>.</summary>
    public required string KafkaProtocol { get; init; }

    public static RunFile Read(string file) => JsonSerializer.Deserialize<RunFile>(File.ReadAllText(file), Json)!;

    /// <summary>Readable by its owner only; whole or not there.</summary>
    public void Write(string file) => OwnerFile.Write(file, JsonSerializer.Serialize(this, Json));
}

/// <param name="Admin">Bearer token of the role admin.</param>
public sealed record RunTokens([property: JsonPropertyName("admin")] string Admin);
