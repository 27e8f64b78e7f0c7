using Andi.Warehouse.Client;
using Andi.Warehouse.Retention;

namespace Andi.Ingestor.Generations;

/// <summary>
/// Tells those who write from which month on rows count, as only the warehouse knows: they would otherwise accept without a word what no answer will show.
/// </summary>
internal sealed class RetentionNote(ClickHouseClient warehouse, GenerationLedger ledger, TimeProvider time)
{
    /// <summary>Notes it; nothing is written where it is what it was.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var months = await RetainedMonths.ReadAsync(warehouse, cancellationToken);
        var generation = (uint)await ledger.CurrentAsync(cancellationToken);
        await ledger.NoteOldestMonthAsync(months.Oldest(generation, time.GetUtcNow()), cancellationToken);
    }
}
