using Confluent.Kafka;

namespace Andi.Oltp.ChangeCapture;

internal static partial class RelayLog
{
    [LoggerMessage(1001, LogLevel.Information, "Relaying changes from slot {Slot}, generation {Generation}.")]
    public static partial void RelayStarted(this ILogger logger, string slot, int generation);

    [LoggerMessage(1002, LogLevel.Information, "Slot {Slot} is held by another instance; waiting for it.")]
    public static partial void StandingBy(this ILogger logger, string slot);

    [LoggerMessage(1003, LogLevel.Error, "The change relay failed and starts again in {Delay}, try {Attempt}.")]
    public static partial void RelayFailed(this ILogger logger, Exception exception, TimeSpan delay, int attempt);

    [LoggerMessage(1004, LogLevel.Information, "Snapshot of generation {Generation} started at {Lsn}.")]
    public static partial void SnapshotStarted(this ILogger logger, int generation, string lsn);

    [LoggerMessage(1005, LogLevel.Information, "Snapshot of generation {Generation} is complete: {Rows} rows.")]
    public static partial void SnapshotCompleted(this ILogger logger, int generation, long rows);

    [LoggerMessage(1006, LogLevel.Warning, "Kafka reported {Code}: {Reason}")]
    public static partial void KafkaReported(this ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(1007, LogLevel.Debug, "librdkafka: {Message}")]
    public static partial void KafkaLogged(this ILogger logger, string message);

    [LoggerMessage(1008, LogLevel.Warning, "No mark could be set in the WAL for idle partitions; the next try is due in {Interval}.")]
    public static partial void PulseFailed(this ILogger logger, Exception exception, TimeSpan interval);
}
