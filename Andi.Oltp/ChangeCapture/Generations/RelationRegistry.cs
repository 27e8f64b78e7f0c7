using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Source;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>
/// The tables of one generation as the publication has them: notices which came and which left, at the relation message before a table's first change
/// and once in a while between. Used by the relaying thread only.
/// </summary>
internal sealed class RelationRegistry(
    int generation, CaptureCatalog catalog, CapturedTableStore store, Heartbeats heartbeats, KafkaConnection kafka, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Schema, string Name), CaptureState> _tables = [];
    private readonly HashSet<uint> _unfit = [];
    private long _refreshedAt;

    public IEnumerable<CaptureState> Joining => _tables.Values.Where(table => table.IsJoining);

    /// <summary>Whether there is any in <see cref="Joining"/>; asked between every two changes.</summary>
    public bool IsAnyJoining
    {
        get
        {
            foreach (var table in _tables.Values)
            {
                if (table.IsJoining)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Reads what was noted before, and includes the topics that may get heartbeats.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var noted in await store.ReadAsync(generation, cancellationToken))
        {
            var table = Of(noted.Schema, noted.Name);
            if (noted is { IsComplete: false, HasLeft: false })
            {
                table.Join(noted.Membership);
                continue;
            }

            if (noted.IsComplete)
            {
                table.Capture(noted.Membership, noted.SinceLsn);
            }

            heartbeats.Include(table.Topic);
        }
    }

    public CaptureState Of(string schema, string name)
    {
        if (!_tables.TryGetValue((schema, name), out var table))
        {
            _tables[(schema, name)] = table = new CaptureState(schema, name, kafka.TopicOf(generation, schema, name));
        }

        return table;
    }

    /// <summary>Changes of the relation follow: makes sure that it is known whether they count, and how they are written.</summary>
    public async ValueTask<RelationShape> DescribeAsync(AnnouncedRelation relation, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return await catalog.DescribeAsync(Of(relation.Schema, relation.Name), relation.Columns, cancellationToken);
    }

    public ValueTask RefreshIfDueAsync(CancellationToken cancellationToken) =>
        _refreshedAt != 0 && time.GetElapsedTime(_refreshedAt) < RefreshInterval ? ValueTask.CompletedTask : RefreshAsync(cancellationToken);

    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var published = await catalog.ReadPublicationAsync(cancellationToken);
        foreach (var table in published)
        {
            Meet(Of(table.Schema, table.Name), table);
        }

        var names = published.Select(table => (table.Schema, table.Name)).ToHashSet();
        foreach (var (name, table) in _tables.Where(table => (table.Value.IsCaptured || table.Value.IsJoining) && !names.Contains(table.Key)).ToList())
        {
            table.Leave();
            if (await store.LeaveAsync(generation, name.Schema, name.Name, cancellationToken))
            {
                // Nothing of it will ever be missing, so its partitions hold nobody back.
                heartbeats.Include(table.Topic);
            }

            logger.TableLeft(name.Schema, name.Name, generation);
        }

        _refreshedAt = time.GetTimestamp();
    }

    private void Meet(CaptureState table, PublishedTable published)
    {
        if (!published.IsFit)
        {
            Refuse(table, published);
        }
        else if (table.Membership != published.Membership || !(table.IsCaptured || table.IsJoining))
        {
            // Heartbeats that promise more than its snapshot will say must not overtake it.
            heartbeats.Exclude(table.Topic);
            table.Join(published.Membership);
            logger.TableJoined(table.Schema, table.Name, generation);
        }
    }

    private void Refuse(CaptureState table, PublishedTable published)
    {
        if (table.IsCaptured)
        {
            throw new InvalidOperationException(
                $"Table {table.Schema}.{table.Name} can no longer be captured: it needs a primary key and REPLICA IDENTITY FULL.");
        }

        if (_unfit.Add(published.Membership))
        {
            logger.TableUnfit(table.Schema, table.Name);
        }
    }
}
