using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Andi.AnalyticsApi.Positions;
using Andi.ChangeEvents;
using Andi.Security;
using Microsoft.Extensions.Options;

namespace Andi.AnalyticsApi.Streaming;

/// <summary>Of how many streams there may be.</summary>
internal enum StreamLimit
{
    None,

    /// <summary><see cref="StreamOptions.MaxStreamsPerCaller"/>.</summary>
    OfCaller,

    /// <summary><see cref="StreamOptions.MaxStreams"/>.</summary>
    OfProcess,
}

/// <summary>
/// Looks how far the warehouse is for all streams of the process, as long as there are any, and hands each what it is to tell. However many streams there are,
/// there is one look at a time and one event for all that are told the same.
/// </summary>
internal sealed partial class PositionFeed(
    AppliedPositions positions, RoleTables tables, IOptions<StreamOptions> options, TimeProvider time, ILogger<PositionFeed> logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _sync = new();
    private readonly HashSet<Subscription> _subscriptions = [];
    private readonly Dictionary<string, int> _ofSubjects = new(StringComparer.Ordinal);
    private readonly Moves _moves = new(options.Value.HoldLimit, time);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _isFresh;
    private bool _hasFailed;

    /// <summary>As of the last look. Whatever moved up to it has been handed to every subscription.</summary>
    public Position Position
    {
        get
        {
            lock (_sync)
            {
                return _moves.Position;
            }
        }
    }

    /// <summary>Begins to tell a caller what moves. The first event is there at once, or after the next look.</summary>
    /// <param name="caller">Who wants to know.</param>
    /// <param name="last">See <see cref="Moves.Since"/>.</param>
    /// <param name="reached">The limit that stands in the way.</param>
    /// <returns>To be ended by <see cref="Unsubscribe"/>; null where a limit is reached.</returns>
    public Subscription? Subscribe(Caller caller, Position? last, out StreamLimit reached)
    {
        var subscription = new Subscription(caller.Subject, last, tables.Of(caller.Role));
        lock (_sync)
        {
            var own = _ofSubjects.GetValueOrDefault(caller.Subject);
            reached = own >= options.Value.MaxStreamsPerCaller && !caller.IsUnlimited ? StreamLimit.OfCaller
                : _subscriptions.Count >= options.Value.MaxStreams ? StreamLimit.OfProcess
                : StreamLimit.None;
            if (reached != StreamLimit.None)
            {
                return null;
            }

            _subscriptions.Add(subscription);
            _ofSubjects[caller.Subject] = own + 1;
            StreamMetrics.Open.Add(1);
            // Who has just read an answer may know more than the last look: he waits for the next.
            if (_isFresh && (last is null || last <= _moves.Position))
            {
                subscription.Begin(_moves);
            }
        }

        _wake.Writer.TryWrite(true);
        return subscription;
    }

    public void Unsubscribe(Subscription subscription)
    {
        lock (_sync)
        {
            if (_subscriptions.Remove(subscription) && --_ofSubjects[subscription.Subject] == 0)
            {
                _ofSubjects.Remove(subscription.Subject);
            }
        }

        StreamMetrics.Open.Add(-1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the host. The first look is for nobody: what moves from then on is known.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await LookAsync(stoppingToken) ? options.Value.PollInterval : AfterFailure;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ListenersAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            Tell(await positions.ReadAsync(cancellationToken));
            return true;
        }
        catch (Exception failure)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Fail(failure);
            }

            return false;
        }
    }

    private void Tell(AppliedState state)
    {
        lock (_sync)
        {
            var moved = _moves.Observe(state);
            var ofTables = new Dictionary<object, Moved?>();
            foreach (var subscription in _subscriptions)
            {
                if (!subscription.HasBegun)
                {
                    subscription.Begin(_moves);
                }
                else if (moved is not null && PartOf(moved, subscription.Tables, ofTables) is { } own)
                {
                    subscription.Offer(own);
                }
            }

            _isFresh = true;
            if (_hasFailed)
            {
                _hasFailed = false;
                LogReadAgain(_subscriptions.Count);
            }
        }
    }

    // Who waits for the first event is answered that there is none. Those who have begun go on once positions can be read again: then they are told all.
    private void Fail(Exception failure)
    {
        lock (_sync)
        {
            _isFresh = false;
            foreach (var subscription in _subscriptions.Where(subscription => !subscription.HasBegun))
            {
                subscription.Fail(failure);
            }

            if (!_hasFailed && _subscriptions.Count > 0)
            {
                _hasFailed = true;
                LogNotRead(failure, _subscriptions.Count, AfterFailure.TotalSeconds);
            }
        }
    }

    private async Task ListenersAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_sync)
            {
                if (_subscriptions.Count > 0)
                {
                    return;
                }

                _isFresh = false;
            }

            await _wake.Reader.ReadAsync(cancellationToken);
        }
    }

    private static Moved? PartOf(Moved moved, ImmutableSortedSet<string>? tables, Dictionary<object, Moved?> known)
    {
        if (tables is null)
        {
            return moved;
        }

        if (!known.TryGetValue(tables, out var part))
        {
            known[tables] = part = moved.Within(tables);
        }

        return part;
    }

    [LoggerMessage(4101, LogLevel.Warning, "Positions cannot be read; {Count} streams stand still. Again every {Seconds} s")]
    private partial void LogNotRead(Exception failure, int count, double seconds);

    [LoggerMessage(4102, LogLevel.Information, "Positions can be read again; {Count} streams go on")]
    private partial void LogReadAgain(int count);
}

/// <summary>How many streams there are, and what they are told.</summary>
internal static class StreamMetrics
{
    private static readonly Meter Meter = new("Andi.Stream");

    public static readonly UpDownCounter<long> Open = Meter.CreateUpDownCounter<long>("andi.stream.open", "{stream}", "Streams that are open.");

    public static readonly Counter<long> Events = Meter.CreateCounter<long>("andi.stream.events", "{event}", "Events that were sent.");
}
