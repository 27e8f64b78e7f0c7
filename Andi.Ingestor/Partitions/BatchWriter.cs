using System.Diagnostics;
using System.Globalization;
using Andi.Ingestor.DeadLetters;
using Andi.Ingestor.Ownership;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor.Partitions;

/// <summary>
/// Writes one batch exactly once: announces its range, inserts its rows under a token made of that range, keeps its dead letters, notes that it is
/// applied. Whoever repeats the range uses the same token, and ClickHouse drops what is there already.
/// </summary>
internal sealed class BatchWriter(
    ClickHouseClient warehouse, PartitionLedger ledger, DeadLetterTopic deadLetters, GenerationSwitch generations, IOptions<IngestorOptions> options)
{
    private ExactlyOnceSettings? _settings;

    public async Task WriteAsync(PartitionOwnership ownership, OpenBatch batch, CancellationToken cancellationToken)
    {
        using var span = StartSpan(ownership, batch);
        try
        {
            await ledger.DeclareBatchAsync(ownership, batch.Range, cancellationToken);
            if (batch.Rows.Rows > 0)
            {
                await InsertAsync(ownership, batch, cancellationToken);
            }

            if (batch.DeadLetters.Count > 0)
            {
                await deadLetters.SendAsync(batch.DeadLetters, cancellationToken);
            }

            await generations.FollowAsync(batch.Progress, cancellationToken);
            await ledger.MarkAppliedAsync(ownership, batch.Progress, cancellationToken);
        }
        catch (Exception exception)
        {
            span?.SetTag("error.type", exception.GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            span?.AddException(exception);
            throw;
        }

        IngestMetrics.Rows.Add(batch.Rows.Rows);
        IngestMetrics.DeadLetters.Add(batch.DeadLetters.Count);
        IngestMetrics.Replays.Add(batch.Replays);
        IngestMetrics.Batches.Add(1);
    }

    private async Task InsertAsync(PartitionOwnership ownership, OpenBatch batch, CancellationToken cancellationToken)
    {
        _settings ??= await ExactlyOnceSettings.DiscoverAsync(warehouse, cancellationToken);
        var table = batch.Rows.Table;
        var insert = new ClickHouseInsert(table.Database, table.Name, "Native")
        {
            Columns = [.. table.Columns.Select(column => column.Name)],
            Settings = _settings.For($"{ownership.Topic}/{ownership.Partition}/{batch.Range.First}-{batch.Range.Last}"),
            Timeout = options.Value.InsertTimeout,
        };
        await warehouse.InsertAsync(insert, batch.Rows.WriteToAsync, cancellationToken);
    }

    // One trace from the write through to the warehouse; the traces of the other writes in the batch are linked.
    private Activity? StartSpan(PartitionOwnership ownership, OpenBatch batch)
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
        span?.SetTag("andi.rows", batch.Rows.Rows);
        return span;
    }
}
