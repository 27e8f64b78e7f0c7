namespace Andi.FaultCampaign.Connections;

/// <summary>What may pass through a proxy in one direction now, of all its connections together.</summary>
internal sealed class Flow
{
    private const long Never = long.MaxValue;

    private readonly Lock _lock = new();
    private TaskCompletionSource? _stalled;
    private readonly List<(long At, TaskCompletionSource Reached)> _watches = [];
    private long _untilCut = Never;
    private long _seen;

    /// <summary>From now on nothing passes, until <see cref="Resume"/>.</summary>
    public void Stall()
    {
        lock (_lock)
        {
            _stalled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            _stalled?.SetResult();
            _stalled = null;
        }
    }

    /// <summary>So many bytes from now, the connection that carries the last of them is cut right after it.</summary>
    public void CutAfter(long bytes)
    {
        lock (_lock)
        {
            _untilCut = bytes;
        }
    }

    public void DoNotCut() => CutAfter(Never);

    /// <summary>Returns as soon as so many more bytes have come: what the last of them belongs to is under way then.</summary>
    public async Task UnderWayAsync(long bytes, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _watches.Add((_seen + bytes, reached));
        }

        await reached.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Returns once bytes may pass.</summary>
    public Task OpenAsync()
    {
        lock (_lock)
        {
            return _stalled?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Asks for bytes to pass.</summary>
    /// <returns>How many of them do, and whether the connection is cut after them.</returns>
    public (int Passing, bool IsCut) Admit(int bytes)
    {
        lock (_lock)
        {
            _seen += bytes;
            _watches.FindAll(watch => watch.At <= _seen).ForEach(watch => watch.Reached.TrySetResult());
            _watches.RemoveAll(watch => watch.At <= _seen);
            if (_untilCut == Never)
            {
                return (bytes, false);
            }

            if (_untilCut > bytes)
            {
                _untilCut -= bytes;
                return (bytes, false);
            }

            var passing = (int)_untilCut;
            _untilCut = Never;
            return (passing, true);
        }
    }
}
