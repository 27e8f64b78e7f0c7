namespace Andi.Topology;

/// <summary>Configuration keys that a host sets on services (as environment variables, <c>:</c> written <c>__</c>).</summary>
public static class SettingNames
{
    /// <summary>File with the HMAC key (base64, at least 32 bytes) that signs tokens in native mode and in development.</summary>
    public const string SigningKeyFile = "Security:SigningKeyFile";

    /// <summary>OIDC authority in production; excludes <see cref="SigningKeyFile"/>.</summary>
    public const string Authority = "Security:Authority";

    public const string Audience = "Security:Audience";

    /// <summary>One of <see cref="KafkaDialect"/>, default <see cref="KafkaDialect.Modern"/>.</summary>
    public const string KafkaProtocol = "Kafka:Protocol";

    /// <summary>Prefix of the change topics, default <c>andi</c>: <c>{prefix}.{schema}.{table}</c>.</summary>
    public const string KafkaTopicPrefix = "Kafka:TopicPrefix";

    /// <summary>
    /// For how many years rows count, within <see cref="RetentionLimits"/>: migrations write it into the warehouse, and it stays until they are told
    /// another one. A warehouse that was never told has five.
    /// </summary>
    public const string RetentionYears = "Warehouse:RetentionYears";
}
