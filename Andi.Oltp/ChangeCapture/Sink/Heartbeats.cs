using Andi.ChangeEvents;

namespace Andi.Oltp.ChangeCapture.Sink;

/// <summary>
/// Tells every partition of the included topics how far the WAL has been relayed, at most once per interval, so that a partition without changes of its
/// own knows that nothing is missing either.
/// </summary>
internal sealed class Heartbeats(
    ChangeTopics topics, DeliveryTracker deliveries, ChangeEventWriter writer, TimeProvider time, TimeSpan interval, int generation)
{
    private readonly HashSet<string> _included = new(StringComparer.Ordinal);
    private Position _reached;
    private Position _sent;
    private long _sentAt;

    /// <summary>From now on the topic has all that is below what has been relayed.</summary>
    public void Include(string topic) => _included.Add(topic);

    /// <summary>Rows of an earlier point are still to be sent to the topic.</summary>
    public void Exclude(string topic) => _included.Remove(topic);

    /// <summary>The WAL before which all transactions have been sent, exclusive; a next commit may stand exactly there.</summary>
    public void Reached(ulong endLsn) => _reached = Position.EndOf(endLsn - 1);

    /// <summary>How long until a heartbeat is due; null where there is nothing new to tell.</summary>
    public TimeSpan? DueIn()
    {
        if (_reached <= _sent)
        {
            return null;
        }

        var since = time.GetElapsedTime(_sentAt);
        return since >= interval ? TimeSpan.Zero : interval - since;
    }

    public async ValueTask SendIfDueAsync(CancellationToken cancellationToken)
    {
        if (DueIn() != TimeSpan.Zero)
        {
            return;
        }

        // Asked for at once: a new producer knows none of them yet, and to ask one after the other would hold the relay up.
        await topics.PartitionsOfAsync([.. _included], cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var heartbeat = writer.WriteHeartbeat(new ChangeSource(_reached, 0, now, now, IsSnapshot: false, generation, TraceParent: null));
        foreach (var topic in _included)
        {
            await topics.SendToAllPartitionsAsync(topic, heartbeat, deliveries.AddHeartbeat, cancellationToken);
        }

        _sent = _reached;
        _sentAt = time.GetTimestamp();
    }
}
