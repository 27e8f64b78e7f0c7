using System.Diagnostics.Metrics;
using Andi.Oltp.ChangeCapture;
using Andi.Oltp.ChangeCapture.Generations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.UnitTests.ChangeCapture;

public sealed class SlotWatchTests
{
    [Theory]
    [InlineData("reserved", HealthStatus.Healthy)]
    [InlineData("extended", HealthStatus.Healthy)]
    [InlineData("unreserved", HealthStatus.Degraded)]
    [InlineData("lost", HealthStatus.Degraded)]
    public void Slot_whose_WAL_may_go_is_told(string walStatus, HealthStatus expected)
    {
        var result = SlotWatch.Judge([new SlotLag(1, "andi", 0, 5, "reserved"), new SlotLag(2, "andi_2", 1000, 2000, walStatus)]);

        result.Status.ShouldBe(expected);
        result.Description.ShouldNotBeNull().ShouldContain("andi_2");
        result.Data["andi_2"].ShouldBeOfType<Dictionary<string, object>>()["lag"].ShouldBe(1000L);
    }

    [Fact]
    public void Lag_of_each_slot_is_a_metric()
    {
        var measured = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Name: "andi.change_capture.slot_lag", Unit: "By" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, bytes, tags, _) => measured[(string)tags[0].Value!] = bytes);
        listener.Start();

        RelayMetrics.ReportSlotLags([("andi", 17), ("andi_2", 1000)]);
        listener.RecordObservableInstruments();

        measured.ShouldBe(new Dictionary<string, long> { ["andi"] = 17, ["andi_2"] = 1000 });
    }
}
