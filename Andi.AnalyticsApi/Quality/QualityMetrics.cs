using System.Diagnostics.Metrics;
using Andi.Warehouse.DataTests;

namespace Andi.AnalyticsApi.Quality;

/// <summary>What the data tests found last, for dashboards and alerts.</summary>
internal static class QualityMetrics
{
    private static readonly Meter Meter = new("Andi.Quality");
    private static readonly Gauge<long> FailingRows = Meter.CreateGauge<long>("andi.data_test.failing_rows", "{row}", "Rows that fail a data test; 0 where it passed.");
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("andi.data_test.runs", "{run}", "Runs of data tests, by how they ended.");

    public static void Record(DataTestResult result)
    {
        FailingRows.Record(result.FailingRows, new("andi.data_test.name", result.Test), new("andi.data_test.table", result.TestedTable));
        Runs.Add(1, new("andi.data_test.name", result.Test), new("andi.data_test.status", result.Status));
    }
}
