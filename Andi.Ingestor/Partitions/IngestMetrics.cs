using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Andi.Ingestor.Partitions;

internal static class IngestMetrics
{
    public static readonly ActivitySource Activities = new("Andi.Ingestor");

    private static readonly Meter Meter = new("Andi.Ingestor");

    public static readonly Counter<long> Rows = Meter.CreateCounter<long>("andi.ingest.rows", "{row}", "Rows inserted into landing tables.");

    public static readonly Counter<long> Batches = Meter.CreateCounter<long>("andi.ingest.batches", "{batch}", "Batches applied.");

    public static readonly Counter<long> Replays =
        Meter.CreateCounter<long>("andi.ingest.replays", "{event}", "Events dropped because they were applied already.");

    public static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("andi.ingest.dead_letters", "{event}", "Events that could not be ingested.");
}
