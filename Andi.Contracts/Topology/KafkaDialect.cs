namespace Andi.Topology;

/// <summary>What a broker understands, as <see cref="SettingNames.KafkaProtocol"/> and <see cref="RunFile.KafkaProtocol"/> name it.</summary>
public static class KafkaDialect
{
    /// <summary>Any broker of this decade; the default.</summary>
    public const string Modern = "modern";

    /// <summary>A broker of the 0.9 protocol: no idempotent producer, headers, transactions, LZ4 or version requests.</summary>
    public const string Legacy = "0.9";
}
