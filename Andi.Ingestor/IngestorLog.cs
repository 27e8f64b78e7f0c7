using Confluent.Kafka;

namespace Andi.Ingestor;

internal static partial class IngestorLog
{
    [LoggerMessage(2001, LogLevel.Information, "Took over partition {Partition} of {Topic} with fence {Fence}; reading from offset {Offset}.")]
    public static partial void PartitionTaken(this ILogger logger, string topic, int partition, long fence, long offset);

    [LoggerMessage(2002, LogLevel.Information, "Let go of partition {Partition} of {Topic}.")]
    public static partial void PartitionReleased(this ILogger logger, string topic, int partition);

    [LoggerMessage(2003, LogLevel.Warning, "Partition {Partition} of {Topic} stands still and is taken over again in {Delay}, failure {Failures} in a row.")]
    public static partial void PartitionFailed(this ILogger logger, Exception exception, string topic, int partition, TimeSpan delay, int failures);

    [LoggerMessage(2006, LogLevel.Error, "Consuming failed with {Code}.")]
    public static partial void ConsumeFailed(this ILogger logger, Exception exception, ErrorCode code);

    [LoggerMessage(2007, LogLevel.Warning, "The progress of {Count} idle partitions was not noted; the next one will be.")]
    public static partial void ProgressNotNoted(this ILogger logger, Exception exception, int count);

    [LoggerMessage(2008, LogLevel.Information, "Drained {Count} partitions; given up: {GivenUp}.")]
    public static partial void Drained(this ILogger logger, int count, bool givenUp);

    [LoggerMessage(2010, LogLevel.Information, "There are no change topics '{Prefix}.*' yet; they appear with the relay's first start.")]
    public static partial void NoTopicsYet(this ILogger logger, string prefix);

    [LoggerMessage(2011, LogLevel.Warning, "The warehouse does not answer yet, try {Attempt}; the next one follows in a second.")]
    public static partial void WarehouseNotReady(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(2012, LogLevel.Warning, "The landing tables could not be looked at again; the next try follows in {Interval}.")]
    public static partial void TablesNotRefreshed(this ILogger logger, Exception exception, TimeSpan interval);

    [LoggerMessage(2013, LogLevel.Information, "Partition {Partition} of {Topic} is of a generation that readers have left; it is not read any more.")]
    public static partial void PartitionRetired(this ILogger logger, string topic, int partition);
}
