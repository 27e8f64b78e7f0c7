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
    private volatile IReadOnlyList<string> _flaws = [];
    private long _refreshedAt;

    /// <summary>What is wrong with tables that should be captured, a sentence and a remedy each. Of any thread.</summary>
    public IReadOnlyList<string> Flaws => _flaws;

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
            if (!noted.HasLeft)
            {
                table.Join(noted.Membership, noted.Definition);
            }

            if (noted.IsComplete)
            {
                table.Capture(noted.SinceLsn);
            }

            if (!table.IsJoining)
            {
                heartbeats.Include(table.Topic);
            }
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

    /// <summary>
    /// The WAL has a change of a captured table that does not say which row it replaced. The table is sent anew, from a point behind that change on.
    /// </summary>
    public async ValueTask StartAnewAsync(CaptureState table, CancellationToken cancellationToken)
    {
        await StartAnewAsync(table, table.Definition, "has changes that do not say what they replaced", cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    private async ValueTask StartAnewAsync(CaptureState table, CaptureDefinition? definition, string reason, CancellationToken cancellationToken)
    {
        await HoldAsync(table, reason, cancellationToken);
        table.Join(table.Membership, definition);
        logger.TableStartsAnew(table.Schema, table.Name, generation, reason);
    }

    private async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var published = await catalog.ReadPublicationAsync(cancellationToken);
        foreach (var table in published)
        {
            await MeetAsync(Of(table.Schema, table.Name), table, cancellationToken);
        }

        var names = published.Select(table => (table.Schema, table.Name)).ToHashSet();
        foreach (var (name, table) in _tables.Where(table => table.Value.IsWanted && !names.Contains(table.Key)).ToList())
        {
            if (await catalog.FindMissingAsync(name.Schema, name.Name, cancellationToken) is { } flaw)
            {
                await StopAsync(table, flaw, cancellationToken);
            }
            else
            {
                await LeaveAsync(table, cancellationToken);
            }
        }

        _flaws = [.. _tables.Values.Where(table => table.Flaw is not null).Select(table => $"Table {table.Schema}.{table.Name} {table.Flaw}.")];
        _refreshedAt = time.GetTimestamp();
    }

    private async ValueTask MeetAsync(CaptureState table, PublishedTable published, CancellationToken cancellationToken)
    {
        if (published.Flaw is { } flaw)
        {
            await StopAsync(table, flaw, cancellationToken);
        }
        else if (table.Membership != published.Membership
            || (table.Definition is { } captured && published.Definition.IsPublishedOtherwiseThan(captured))
            || !(table.IsCaptured || table.IsJoining))
        {
            await HoldAsync(table, "is published in another way than before", cancellationToken);
            table.Join(published.Membership, published.Definition);
            logger.TableJoined(table.Schema, table.Name, generation);
        }
        else if (table.Definition is { } noted && published.Definition.IsRewrittenSince(noted))
        {
            await StartAnewAsync(table, published.Definition, "was rewritten by an ALTER TABLE, or has other partitions", cancellationToken);
        }
        else if (table.Definition != published.Definition)
        {
            table.Definition = published.Definition;
            await store.NoteDefinitionAsync(generation, table, cancellationToken);
        }
    }

    /// <summary>Its partitions' positions stay where they are until it is mended: readers learn no more of the table than what is known.</summary>
    private async ValueTask StopAsync(CaptureState table, CaptureFlaw flaw, CancellationToken cancellationToken)
    {
        if (table.Flaw == flaw)
        {
            return;
        }

        await HoldAsync(table, flaw.ToString(), cancellationToken);
        table.Stop(flaw);
        logger.TableStopped(table.Schema, table.Name, generation, flaw.Reason, flaw.Remedy);
    }

    /// <summary>
    /// Until its next snapshot is whole the topic gets no heartbeats, which would promise more than that snapshot will say. Noted before a change is passed
    /// over, so that no restart takes the table for whole.
    /// </summary>
    private async ValueTask HoldAsync(CaptureState table, string reason, CancellationToken cancellationToken)
    {
        heartbeats.Exclude(table.Topic);
        await store.StopAsync(generation, table, reason, cancellationToken);
    }

    private async ValueTask LeaveAsync(CaptureState table, CancellationToken cancellationToken)
    {
        table.Stop(flaw: null);
        if (await store.LeaveAsync(generation, table.Schema, table.Name, cancellationToken))
        {
            // Nothing of it will ever be missing, so its partitions hold nobody back.
            heartbeats.Include(table.Topic);
        }

        logger.TableLeft(table.Schema, table.Name, generation);
    }
}
