using System.Globalization;
using Andi.ChangeEvents;
using Andi.Topology;
using Microsoft.Extensions.Configuration;

namespace Andi.Kafka;

/// <summary>How a service reaches Kafka, and what the broker there can do.</summary>
/// <param name="BootstrapServers"><c>host:port,…</c></param>
/// <param name="IsLegacyProtocol">A broker of the 0.9 protocol: no idempotent producer, headers, transactions, LZ4 or version requests.</param>
/// <param name="TopicPrefix">First part of the change topics' names, see <see cref="TopicOf"/>. Without a dot.</param>
public sealed record KafkaConnection(string BootstrapServers, bool IsLegacyProtocol, string TopicPrefix)
{
    /// <summary>librdkafka's settings of TLS and of signing in, for instance <c>ssl.ca.location</c>.</summary>
    public IReadOnlyDictionary<string, string> SecuritySettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads connection string <c>kafka</c> and the <c>Kafka:*</c> settings. Throws naming the one that is missing or wrong.</summary>
    public static KafkaConnection From(IConfiguration configuration)
    {
        var bootstrap = configuration.GetConnectionString(ConnectionNames.Kafka);
        if (string.IsNullOrWhiteSpace(bootstrap))
        {
            throw new InvalidOperationException($"ConnectionStrings:{ConnectionNames.Kafka} is missing; it lists the brokers as host:port,…");
        }

        var isLegacy = configuration[SettingNames.KafkaProtocol] switch
        {
            null or "" or KafkaDialect.Modern => false,
            KafkaDialect.Legacy => true,
            var other => throw new InvalidOperationException(
                $"{SettingNames.KafkaProtocol} is '{other}'; it is either '{KafkaDialect.Modern}' or '{KafkaDialect.Legacy}'."),
        };
        var parts = bootstrap.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new KafkaConnection(parts[0], isLegacy, configuration[SettingNames.KafkaTopicPrefix] ?? "andi")
        {
            SecuritySettings = parts[1..].ToDictionary(NameOf, setting => setting[(NameOf(setting).Length + 1)..]),
        };
    }

    private static string NameOf(string setting)
    {
        var name = setting[..Math.Max(setting.IndexOf('=', StringComparison.Ordinal), 0)];
        return name == "security.protocol" || name.StartsWith("ssl.", StringComparison.Ordinal) || name.StartsWith("sasl.", StringComparison.Ordinal)
            ? name
            : throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionNames.Kafka} has '{name}' behind its brokers; security.protocol=…, ssl.…=… and sasl.…=… may be there.");
    }

    /// <summary>The topic of a table's changes in a generation.</summary>
    public string TopicOf(int generation, string schema, string table) => new ChangeTopic(generation, schema, table).NameWith(TopicPrefix);

    /// <summary>The topics of all generations, as the regular expression that a consumer subscribes to.</summary>
    public string TopicPattern => ChangeTopic.PatternWith(TopicPrefix);

    /// <summary>The reverse of <see cref="TopicOf"/>; false where the topic is none of ours.</summary>
    public bool TryParseTopic(string topic, out ChangeTopic parsed) => ChangeTopic.TryParse(topic, TopicPrefix, out parsed);

    /// <summary>The topic that holds, whole and with the reason, what could not be ingested.</summary>
    public string DeadLetterTopic => $"{TopicPrefix}.dead-letters";

    /// <summary>Whether topics can be deleted on this broker.</summary>
    public bool CanDeleteTopics => LegacyBroker.CanDeleteTopics(this);

    /// <summary>librdkafka settings that any client of this broker needs.</summary>
    public Dictionary<string, string> ClientSettings()
    {
        var settings = new Dictionary<string, string>
        {
            ["bootstrap.servers"] = BootstrapServers,
            ["socket.keepalive.enable"] = "true",
            ["statistics.interval.ms"] = "2000", // for ReconnectingClients; clients without a statistics handler emit none
        };
        foreach (var (name, value) in SecuritySettings)
        {
            settings[name] = value;
        }

        LegacyBroker.AddClientSettings(this, settings);
        return settings;
    }

    /// <summary>
    /// librdkafka settings of a producer that keeps order and loses nothing. Messages wait for a broker that is down for as long as it takes; the full queue
    /// then holds the caller back.
    /// </summary>
    public Dictionary<string, string> ProducerSettings()
    {
        var settings = ClientSettings();
        settings["acks"] = "all";
        settings["message.timeout.ms"] = "0";
        settings["message.max.bytes"] = EventLimits.LargestMessage.ToString(CultureInfo.InvariantCulture);
        settings["linger.ms"] = "15";
        settings["partitioner"] = "murmur2_random";
        settings["queue.buffering.max.kbytes"] = "65536";
        LegacyBroker.AddOrderingSettings(this, settings);
        return settings;
    }
}
