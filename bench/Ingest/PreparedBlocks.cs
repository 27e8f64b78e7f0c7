using System.Buffers;
using Andi.ChangeEvents.FastPath;
using Andi.Ingestor.Landing;
using Andi.Ingestor.Partitions;
using Andi.Warehouse.Client;
using Andi.Warehouse.Ingest;

namespace Andi.Bench.Ingest;

/// <summary>
/// The rows of all events in memory, as the Native blocks in which the ingestor would send them: of the same sizes, one list for each partition.
/// </summary>
internal sealed class PreparedBlocks
{
    // Not a token of any ingestor.
    private const long Fence = 1_000_000;

    private readonly LandingTable _table;
    private readonly List<byte[]>[] _blocks;

    private PreparedBlocks(LandingTable table, int partitions)
    {
        _table = table;
        _blocks = [.. Enumerable.Range(0, partitions).Select(_ => new List<byte[]>())];
    }

    public long Rows { get; private set; }

    public static async Task<PreparedBlocks> MakeAsync(ScoreEvents events, LandingTable table, CancellationToken cancellationToken)
    {
        var prepared = new PreparedBlocks(table, events.Partitions);
        var sizes = new IngestorOptions();
        var open = new LandingBatch?[events.Partitions];
        var bytes = new long[events.Partitions];
        var value = new ArrayBufferWriter<byte>();
        for (var number = 0L; number < events.Count; number++)
        {
            var partition = events.PartitionOf(number);
            var batch = open[partition] ??= new LandingBatch(table, partition, Fence, TimeProvider.System);
            value.ResetWrittenCount();
            events.WriteValue(value, number);
            batch.AppendChange(FastEventReader.Read(value.WrittenSpan), value.WrittenSpan, number);
            bytes[partition] += value.WrittenCount;
            if (batch.Rows >= sizes.MaxBatchRows || bytes[partition] >= sizes.MaxBatchBytes)
            {
                await CloseAsync(partition);
            }
        }

        for (var partition = 0; partition < events.Partitions; partition++)
        {
            await CloseAsync(partition);
        }

        return prepared;

        async Task CloseAsync(int partition)
        {
            if (open[partition] is { } batch)
            {
                using var block = new MemoryStream();
                await batch.WriteToAsync(block, cancellationToken);
                prepared._blocks[partition].Add(block.ToArray());
                prepared.Rows += batch.Rows;
                batch.Dispose();
                open[partition] = null;
                bytes[partition] = 0;
            }
        }
    }

    /// <summary>Inserts all of them, the partitions' beside each other, with the settings that the ingestor uses.</summary>
    /// <param name="warehouse">Where to.</param>
    /// <param name="run">Makes the tokens those of this run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task InsertAsync(ClickHouseClient warehouse, int run, CancellationToken cancellationToken)
    {
        var settings = await ExactlyOnceSettings.DiscoverAsync(warehouse, cancellationToken);
        await Task.WhenAll(_blocks.Select(async (blocks, partition) =>
        {
            for (var block = 0; block < blocks.Count; block++)
            {
                var insert = new ClickHouseInsert(_table.Database, _table.Name, "Native")
                {
                    Columns = [.. _table.Columns.Select(column => column.Name)],
                    Settings = settings.For($"bench/{run}/{partition}/{block}"),
                };
                await warehouse.InsertAsync(insert, blocks[block], cancellationToken);
            }
        }));
    }
}
