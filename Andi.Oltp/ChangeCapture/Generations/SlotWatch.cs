using Andi.Oltp.ChangeCapture.Source;
using Andi.Sql;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>A slot of a live generation.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="Slot">Its name.</param>
/// <param name="Lag">Bytes of WAL that are not confirmed yet.</param>
/// <param name="Retained">Bytes of WAL that PostgreSQL keeps for it.</param>
/// <param name="WalStatus"><c>reserved</c>, <c>extended</c>, <c>unreserved</c> (may be given up at the next checkpoint) or <c>lost</c>.</param>
internal sealed record SlotLag(int Generation, string Slot, long Lag, long Retained, string WalStatus);

/// <summary>Reports how far the slots are behind: as a metric, and in the health check.</summary>
internal sealed class SlotWatch(CaptureDatabase database) : IHealthCheck
{
    private static readonly string SlotLagSql = EmbeddedSql.Read("ChangeCapture/Sql/slot_lag.sql");

    private volatile IReadOnlyList<SlotLag> _slots = [];

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(SlotLagSql);
        var slots = await command.ReadAllAsync(
            row => new SlotLag(
                row.GetInt32(0),
                row.GetString(1),
                row.IsDBNull(2) ? 0 : row.GetInt64(2),
                row.IsDBNull(3) ? 0 : row.GetInt64(3),
                row.IsDBNull(4) ? "lost" : row.GetString(4)),
            cancellationToken);
        _slots = slots;
        RelayMetrics.ReportSlotLags(slots.Select(slot => (slot.Slot, slot.Lag)));
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(_slots));

    internal static HealthCheckResult Judge(IReadOnlyList<SlotLag> slots)
    {
        var data = slots.ToDictionary(
            slot => slot.Slot,
            slot => (object)new Dictionary<string, object> { ["lag"] = slot.Lag, ["retained"] = slot.Retained, ["walStatus"] = slot.WalStatus });
        var inDanger = slots.Where(slot => slot.WalStatus is "unreserved" or "lost").ToList();
        return inDanger.Count > 0
            ? HealthCheckResult.Degraded(string.Join(" ", inDanger.Select(Warn)), data: data)
            : HealthCheckResult.Healthy(string.Join(" ", slots.Select(slot => $"{slot.Slot} is {slot.Lag:N0} bytes behind.")), data);
    }

    private static string Warn(SlotLag slot) =>
        $"Slot {slot.Slot} is {slot.Lag:N0} bytes behind and its WAL is {slot.WalStatus}: PostgreSQL keeps {slot.Retained:N0} bytes for it and has reached "
        + $"max_slot_wal_keep_size. Once it is lost a new generation begins.";
}
