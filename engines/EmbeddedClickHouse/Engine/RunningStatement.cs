namespace Andi.EmbeddedClickHouse.Engine;

/// <summary>
/// A statement at work. When the client goes away, or the server must stop, the engine is asked to end it, again and again until it has ended:
/// a first request may come before the engine has registered the statement.
/// </summary>
internal sealed partial class RunningStatement : IDisposable
{
    private const int MaximumAttempts = 600;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly EngineHost _engine;
    private readonly long _tag;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _onStop;
    private readonly Lock _lock = new();
    private Task? _killing;

    public RunningStatement(EngineHost engine, long tag, ILogger logger, CancellationToken stop)
    {
        (_engine, _tag, _logger) = (engine, tag, logger);
        _onStop = stop.UnsafeRegister(static self => ((RunningStatement)self!).Stop(), this);
    }

    /// <summary>Waits for an attempt under way, so that the tag's connection is closed after it.</summary>
    public void Dispose()
    {
        _onStop.Dispose();
        _ended.Cancel();
        _killing?.Wait(TimeSpan.FromSeconds(10));
        _ended.Dispose();
    }

    /// <summary>Has the engine end the statement; returns at once.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _killing ??= Task.Run(KillUntilEndedAsync);
        }
    }

    private async Task KillUntilEndedAsync()
    {
        for (var attempt = 0; attempt < MaximumAttempts && !_ended.IsCancellationRequested; attempt++)
        {
            try
            {
                _engine.Kill(_tag);
            }
            catch (Exception error)
            {
                LogKillFailed(error.Message);
            }

            await Task.Delay(BetweenAttempts, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "A statement could not be ended: {Reason}")]
    private partial void LogKillFailed(string reason);
}
