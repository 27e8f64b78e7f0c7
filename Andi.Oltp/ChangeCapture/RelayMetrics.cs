using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Andi.Oltp.ChangeCapture;

internal static class RelayMetrics
{
    public static readonly ActivitySource Activities = new("Andi.ChangeCapture");

    private static readonly Meter Meter = new("Andi.ChangeCapture");

    public static readonly Counter<long> Changes =
        Meter.CreateCounter<long>("andi.change_capture.changes", "{change}", "Changes read from the WAL and queued for Kafka.");

    private static volatile IReadOnlyList<Measurement<long>> _slotLags = [];

    static RelayMetrics() => Meter.CreateObservableGauge(
        "andi.change_capture.slot_lag", () => _slotLags, "By", "WAL that a slot's reader has not confirmed yet.");

    public static void ReportSlotLags(IEnumerable<(string Slot, long Bytes)> lags) => _slotLags =
        [.. lags.Select(lag => new Measurement<long>(lag.Bytes, new KeyValuePair<string, object?>("andi.slot", lag.Slot)))];
}
