using System.Globalization;
using Andi.EmbeddedClickHouse.Native;

namespace Andi.EmbeddedClickHouse.Http;

/// <summary>The header <c>X-ClickHouse-Summary</c>: JSON whose numbers are strings.</summary>
internal static class Summary
{
    private const long NanosecondsPerTick = 100;

    public static string Of(QueryProgress progress, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"read_rows\":\"{progress.ReadRows}\",\"read_bytes\":\"{progress.ReadBytes}\","
        + $"\"written_rows\":\"{progress.WrittenRows}\",\"written_bytes\":\"{progress.WrittenBytes}\","
        + $"\"total_rows_to_read\":\"{progress.ReadRows}\",\"result_rows\":\"{progress.ResultRows}\",\"result_bytes\":\"{progress.ResultBytes}\","
        + $"\"elapsed_ns\":\"{elapsed.Ticks * NanosecondsPerTick}\"}}");
}
