using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Freshness;

/// <summary>How far one partition of a change topic is applied, as the ingestor has confirmed it.</summary>
/// <param name="Topic"><c>{prefix}.{schema}.{table}</c>, its first part naming the generation, too.</param>
/// <param name="Offset">The last applied offset; −1 before the first.</param>
/// <param name="Position">All changes of the partition up to it are in the warehouse.</param>
/// <param name="SourceTime">When that event's transaction committed or its heartbeat was sent.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="Inserts">How many inserts brought it there: while it stays, no row came or went.</param>
internal sealed record AppliedPartition(
    string Topic, int Partition, long Offset, Position Position, DateTimeOffset SourceTime, DateTimeOffset AppliedAt, long Inserts)
{
    /// <summary>The table the topic is of.</summary>
    public string Table => Topic[(Topic.LastIndexOf('.') + 1)..];

    /// <summary>False before the first event.</summary>
    public bool HasBegun => Offset >= 0;
}
