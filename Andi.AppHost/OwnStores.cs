using System.Collections;
using System.Data.Common;
using Andi.Topology;

namespace Andi.AppHost;

/// <summary>
/// Stores of the user's own: a connection string in the host's environment (<c>ConnectionStrings__kafka</c>, …) says that the store is there
/// already, and none is started for it. Nothing of theirs is started, stopped or wiped.
/// </summary>
internal sealed class OwnStores
{
    private const string Prefix = "ConnectionStrings__";

    private readonly Dictionary<string, string> _connectionStrings;

    public OwnStores(IDictionary environment)
    {
        string[] names = [ConnectionNames.Oltp, ConnectionNames.Ingest, ConnectionNames.Kafka, ConnectionNames.Warehouse];
        _connectionStrings = names
            .Select(name => (Name: name, Value: environment[Prefix + name] as string))
            .Where(connection => !string.IsNullOrWhiteSpace(connection.Value))
            .ToDictionary(connection => connection.Name, connection => connection.Value!);
        if (_connectionStrings.ContainsKey(ConnectionNames.Oltp) != _connectionStrings.ContainsKey(ConnectionNames.Ingest))
        {
            throw new TopologyException(
                $"One PostgreSQL server holds both databases: set {Prefix}{ConnectionNames.Oltp} and {Prefix}{ConnectionNames.Ingest}, or neither.");
        }

        KafkaProtocol = environment[ServiceSettings.Variable(SettingNames.KafkaProtocol)] as string is { Length: > 0 } protocol ? protocol : KafkaDialect.Modern;
    }

    /// <summary>Of a Kafka of the user's own: what the environment says, else a modern one.</summary>
    public string KafkaProtocol { get; }

    /// <param name="connectionName">One of <see cref="ConnectionNames"/>.</param>
    public bool Has(string connectionName) => _connectionStrings.ContainsKey(connectionName);

    public string? ConnectionString(string connectionName) => _connectionStrings.GetValueOrDefault(connectionName);

    /// <summary>ClickHouse's HTTP address with user and password in it, as curl and ClickHouse's clients take it.</summary>
    public static string WarehouseUrl(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        string Part(string key, string otherwise) => parts.TryGetValue(key, out var value) ? Uri.EscapeDataString($"{value}") : otherwise;
        var protocol = Part("Protocol", "http");
        return $"{protocol}://{Part("Username", "default")}:{Part("Password", "")}@{Part("Host", "localhost")}:{Part("Port", protocol == "https" ? "8443" : "8123")}";
    }
}
