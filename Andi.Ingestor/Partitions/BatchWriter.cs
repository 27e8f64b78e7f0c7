using System.Diagnostics;
using System.Globalization;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Writes one batch exactly once: has the older owners' rows refused, announces the batch's range, inserts its rows under a token made of that range, keeps
/// its dead letters, notes that it is applied. Whoever repeats the range uses the same token, and the warehouse drops what is there already.
/// </summary>
internal sealed class BatchWriter(
    ILandingStore landing, IPartitionLedger ledger, IDeadLetterSink deadLetters, IOptions<IngestorOptions> options, TimeProvider time)
{
    private static readonly TimeSpan HeldDelay = TimeSpan.FromMilliseconds(50);

    public async Task WriteAsync(PartitionOwnership ownership, BatchBuilder batch, CancellationToken cancellationToken)
    {
        using var span = StartSpan(ownership, batch);
        try
        {
            await RevokeOlderOwnersAsync(ownership, batch.Table, cancellationToken);
            await DeclareAsync(ownership, new PendingBatch(batch.Range, batch.Table.ColumnsText), cancellationToken);
            for (var step = 0; step < batch.Steps.Count; step++)
            {
                await InsertOrNoteRefusedAsync(ownership, batch, step, cancellationToken);
            }

            if (batch.DeadLetters.Count > 0)
            {
                await deadLetters.SendAsync(batch.DeadLetters, cancellationToken);
            }

            await ledger.MarkAppliedAsync(ownership, batch.Applied, cancellationToken);
        }
        catch (Exception exception)
        {
            span?.SetTag("error.type", exception.GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            span?.AddException(exception);
            throw;
        }

        IngestMetrics.Rows.Add(batch.Rows);
        IngestMetrics.DeadLetters.Add(batch.DeadLetters.Count);
        IngestMetrics.Replays.Add(batch.Replays);
        IngestMetrics.Batches.Add(1);
    }

    // An insert of an older owner may still be under way, or delayed for hours. ClickHouse may have forgotten its token by then, but not its revoked fence.
    private async Task RevokeOlderOwnersAsync(PartitionOwnership ownership, LandingTable table, CancellationToken cancellationToken)
    {
        if (ownership.RevokedThrough < ownership.Fence - 1)
        {
            await landing.RevokeAsync(table, ownership, cancellationToken);
            await ledger.NoteRevokedAsync(ownership, cancellationToken);
        }
    }

    private async Task DeclareAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken)
    {
        while (await ledger.DeclareBatchAsync(ownership, batch, cancellationToken) is var answer && answer != Declaration.Declared)
        {
            if (answer == Declaration.FencedOff)
            {
                throw new FencedOffException(ownership.Topic, ownership.Partition);
            }

            await Task.Delay(HeldDelay, time, cancellationToken);
        }
    }

    // Noted before anybody inserts the batch without them: a repeat with the same token has to leave out the same rows, whatever constraints there are then.
    private async Task InsertOrNoteRefusedAsync(PartitionOwnership ownership, BatchBuilder batch, int step, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(ownership, batch, step, cancellationToken);
        }
        catch (RefusedRowsException refusal)
        {
            await ledger.NoteRefusedAsync(ownership, batch.Range, refusal.Reasons, cancellationToken);
            throw;
        }
    }

    private Task InsertAsync(PartitionOwnership ownership, BatchBuilder batch, int step, CancellationToken cancellationToken)
    {
        var token = $"{ownership.Topic}/{ownership.Partition}/{batch.Range.First}-{batch.Range.Last}{(step == 0 ? "" : $"/{step}")}";
        return batch.Steps[step] switch
        {
            { Rows: { } rows } => landing.InsertAsync(rows, token, cancellationToken),
            { Truncation: { } truncation } => landing.RetractAllAsync(batch.Table, ownership, truncation, token, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    // One trace from the write through to the warehouse; the traces of the other writes in the batch are linked.
    private Activity? StartSpan(PartitionOwnership ownership, BatchBuilder batch)
    {
        var span = IngestMetrics.Activities.StartActivity(
            $"process {ownership.Topic}",
            ActivityKind.Consumer,
            batch.Traces.Count > 0 ? batch.Traces[0] : default,
            links: batch.Traces.Skip(1).Select(trace => new ActivityLink(trace)));
        span?.SetTag("messaging.system", "kafka");
        span?.SetTag("messaging.operation.name", "process");
        span?.SetTag("messaging.operation.type", "process");
        span?.SetTag("messaging.consumer.group.name", options.Value.Group);
        span?.SetTag("messaging.destination.name", ownership.Topic);
        span?.SetTag("messaging.destination.partition.id", ownership.Partition.ToString(CultureInfo.InvariantCulture));
        span?.SetTag("messaging.batch.message_count", batch.Range.Last - batch.Range.First + 1);
        span?.SetTag("andi.rows", batch.Rows);
        return span;
    }
}
