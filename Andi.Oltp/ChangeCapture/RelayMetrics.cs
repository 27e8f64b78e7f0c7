using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Andi.Oltp.ChangeCapture;

internal static class RelayMetrics
{
    public static readonly ActivitySource Activities = new("Andi.ChangeCapture");

    private static readonly Meter Meter = new("Andi.ChangeCapture");

    public static readonly Counter<long> Changes =
        Meter.CreateCounter<long>("andi.change_capture.changes", "{change}", "Changes read from the WAL and queued for Kafka.");
}
