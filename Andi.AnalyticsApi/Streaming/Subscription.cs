using System.Collections.Immutable;
using System.Threading.Channels;
using Andi.ChangeEvents;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>
/// What one stream has still to tell. However slow its reader is, that is one event: what comes while another one waits is told with it.
/// </summary>
/// <param name="subject">Whose stream it is.</param>
/// <param name="last">The position that the reader was told last; null for one who begins.</param>
/// <param name="tables">What the caller is told of; null: every table.</param>
internal sealed class Subscription(string subject, Position? last, ImmutableSortedSet<string>? tables)
{
    private readonly Lock _sync = new();

    // Says only that there is something.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Moved? _waiting;
    private bool _isBeatDue;

    public string Subject => subject;

    public ImmutableSortedSet<string>? Tables => tables;

    /// <summary>Whether the reader has been told the first event, or is going to be.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Has the reader told the position, and what moved since the one that he knows.</summary>
    public void Begin(Moves moves)
    {
        HasBegun = true;
        var first = moves.Since(last);
        Offer(first.Within(tables) ?? new Moved(first.Position, first.AppliedAt, []));
    }

    /// <summary>Has the reader told what moved.</summary>
    public void Offer(Moved moved)
    {
        lock (_sync)
        {
            _waiting = _waiting?.With(moved) ?? moved;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Has the reader told that the stream is alive.</summary>
    public void Beat()
    {
        lock (_sync)
        {
            _isBeatDue = true;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Ends the wait for the first event with what stands in its way.</summary>
    public void Fail(Exception failure) => _signal.Writer.TryComplete(failure);

    /// <summary>Waits until there is something to tell.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes what there is to tell: an event, or null; and whether a sign of life is due.</summary>
    public (Moved? Moved, bool IsBeatDue) Take()
    {
        // First, so that what is offered from now on is signalled again.
        _signal.Reader.TryRead(out _);
        lock (_sync)
        {
            var taken = (_waiting, _isBeatDue);
            (_waiting, _isBeatDue) = (null, false);
            return taken;
        }
    }
}
