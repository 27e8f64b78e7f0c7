namespace Andi.Simulation.Scheduling;

/// <summary>
/// Where the continuations of one process wait: each await in the product's code that something outside has ended is one, and the schedule says which
/// runs next, and when. A process that has crashed runs none any more.
/// </summary>
internal sealed class ProcessContext : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _waiting = [];
    private bool _isClosed;

    public int Waiting => _waiting.Count;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!_isClosed)
        {
            _waiting.Add((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits for another process.");

    public override SynchronizationContext CreateCopy() => this;

    public void RunWaiting(int index)
    {
        var (callback, state) = _waiting[index];
        _waiting.RemoveAt(index);
        Run(() => callback(state));
    }

    /// <summary>Runs code of the process: what it awaits comes back here.</summary>
    public void Run(Action code)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            code();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public void Close()
    {
        _isClosed = true;
        _waiting.Clear();
    }
}
