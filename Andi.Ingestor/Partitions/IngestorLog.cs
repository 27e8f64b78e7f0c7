using Confluent.Kafka;

namespace Andi.Ingestor.Partitions;

internal static partial class IngestorLog
{
    [LoggerMessage(2001, LogLevel.Information, "Took over {Topic}[{Partition}] with fencing token {Fence}; reading from offset {Offset}.")]
    public static partial void PartitionTaken(this ILogger logger, string topic, int partition, long fence, long offset);

    [LoggerMessage(2002, LogLevel.Information, "Released {Topic}[{Partition}].")]
    public static partial void PartitionReleased(this ILogger logger, string topic, int partition);

    [LoggerMessage(2003, LogLevel.Warning, "Ingest of {Topic}[{Partition}] failed {Failures} time(s) in a row; retrying in {Delay}.")]
    public static partial void PartitionFailed(this ILogger logger, Exception exception, string topic, int partition, int failures, TimeSpan delay);

    [LoggerMessage(2006, LogLevel.Error, "Consuming from Kafka failed with {Code}.")]
    public static partial void ConsumeFailed(this ILogger logger, Exception exception, ErrorCode code);

    [LoggerMessage(2007, LogLevel.Warning, "The progress of {Count} idle partition(s) was not written to the ledger; their next heartbeat or batch writes it.")]
    public static partial void ProgressNotNoted(this ILogger logger, Exception exception, int count);

    [LoggerMessage(2008, LogLevel.Information, "Drained {Count} partition(s); abandoned unfinished writes: {Abandoned}.")]
    public static partial void Drained(this ILogger logger, int count, bool abandoned);

    [LoggerMessage(2010, LogLevel.Information, "There are no change topics '{Prefix}.*' yet; they appear with the relay's first start.")]
    public static partial void NoTopicsYet(this ILogger logger, string prefix);

    [LoggerMessage(2011, LogLevel.Warning, "The warehouse did not answer attempt {Attempt}; retrying in a second.")]
    public static partial void WarehouseNotReady(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(2012, LogLevel.Warning, "The shapes of the landing tables could not be read again; retrying in {Interval}.")]
    public static partial void TablesNotRefreshed(this ILogger logger, Exception exception, TimeSpan interval);

    [LoggerMessage(2013, LogLevel.Information, "{Topic}[{Partition}] belongs to a generation that readers have left; it is no longer ingested.")]
    public static partial void PartitionRetired(this ILogger logger, string topic, int partition);

    [LoggerMessage(2014, LogLevel.Warning, "{Topic}[{Partition}] has no landing table in the warehouse; its events wait until a migration creates one.")]
    public static partial void NoLandingTable(this ILogger logger, string topic, int partition);

    [LoggerMessage(2015, LogLevel.Warning, "A batch of {Topic}[{Partition}] leaves events to the dead letters. {Refusal}")]
    public static partial void RowsRefused(this ILogger logger, string topic, int partition, string refusal);
}
