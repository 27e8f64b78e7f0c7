using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Andi.Kafka;

/// <summary>Where librdkafka's words go: what it reports as a warning, for it goes on by itself; its own log lines for whoever looks for details.</summary>
public static partial class KafkaClientLogging
{
    /// <summary>Has a producer's reports and log lines written to <paramref name="logger"/>; reports are told to <paramref name="onReport"/>, too.</summary>
    public static ProducerBuilder<TKey, TValue> LogTo<TKey, TValue>(
        this ProducerBuilder<TKey, TValue> builder, ILogger logger, Action<Error>? onReport = null) => builder
        .SetErrorHandler((_, error) =>
        {
            logger.KafkaReported(error.Code, error.Reason);
            onReport?.Invoke(error);
        })
        .SetLogHandler((_, line) => logger.KafkaLogged(line.Message));

    /// <summary>Has a consumer's reports and log lines written to <paramref name="logger"/>; reports are told to <paramref name="onReport"/>, too.</summary>
    public static ConsumerBuilder<TKey, TValue> LogTo<TKey, TValue>(
        this ConsumerBuilder<TKey, TValue> builder, ILogger logger, Action<Error>? onReport = null) => builder
        .SetErrorHandler((_, error) =>
        {
            logger.KafkaReported(error.Code, error.Reason);
            onReport?.Invoke(error);
        })
        .SetLogHandler((_, line) => logger.KafkaLogged(line.Message));

    /// <summary>Has an administrator's reports and log lines written to <paramref name="logger"/>.</summary>
    public static AdminClientBuilder LogTo(this AdminClientBuilder builder, ILogger logger) => builder
        .SetErrorHandler((_, error) => logger.KafkaReported(error.Code, error.Reason))
        .SetLogHandler((_, line) => logger.KafkaLogged(line.Message));

    [LoggerMessage(5001, LogLevel.Warning, "Kafka reported {Code}: {Reason}")]
    private static partial void KafkaReported(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(5002, LogLevel.Debug, "librdkafka: {Message}")]
    private static partial void KafkaLogged(this ILogger logger, string message);
}
