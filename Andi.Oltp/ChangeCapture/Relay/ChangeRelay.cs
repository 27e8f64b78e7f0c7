using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>
/// Runs a relay from PostgreSQL to Kafka for every generation that is neither retired nor abandoned, for as long as the process lives. Reads once a
/// second which generations were requested or have ended, here or by another instance, and cleans up after the ended ones.
/// </summary>
internal sealed class ChangeRelay(
    CaptureSchema schema,
    GenerationStore generations,
    RelaySessions sessions,
    EndedGenerations ended,
    AnnouncedTopics announced,
    SlotWatch slots,
    IOptions<ChangeCaptureOptions> options,
    RelayStatus status,
    TimeProvider time,
    ILogger<ChangeRelay> logger) : BackgroundService
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, (Task Task, CancellationTokenSource Stop)> _relays = [];
    private bool _isPrepared;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            status.IsOff();
            return;
        }

        using var timer = new PeriodicTimer(FollowInterval, time);
        try
        {
            do
            {
                await TryAsync(FollowAsync, stoppingToken);
                await TryAsync(CleanUpAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the relays hear it, too.
        }

        foreach (var generation in _relays.Keys.ToList())
        {
            await StopAsync(generation);
        }
    }

    /// <summary>Has exactly the live generations relayed.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        if (!_isPrepared)
        {
            await schema.PrepareAsync(stoppingToken);
            _isPrepared = true;
        }

        var live = await generations.ReadLiveAsync(stoppingToken);
        foreach (var generation in _relays.Where(relay => !live.Contains(relay.Key) || relay.Value.Task.IsCompleted).Select(relay => relay.Key).ToList())
        {
            await StopAsync(generation);
        }

        foreach (var generation in live.Where(generation => !_relays.ContainsKey(generation)))
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var relay = new GenerationRelay(generation, generations, sessions, options, status, time, logger);
            _relays[generation] = (Task.Run(() => relay.RunAsync(stop.Token), CancellationToken.None), stop);
        }

        await slots.ReadAsync(stoppingToken);
    }

    private async Task CleanUpAsync(CancellationToken stoppingToken)
    {
        await ended.DropSlotsAsync(stoppingToken);
        var (current, retired) = await announced.ReadGenerationsAsync(stoppingToken);
        if (current is not null)
        {
            foreach (var generation in await generations.RetireBelowAsync(current.Value, stoppingToken))
            {
                logger.GenerationRetired(generation, current.Value);
            }
        }

        if (retired is not null)
        {
            await ended.LeaveTopicsAsync(retired.Value, stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        try
        {
            await step(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The relays that run go on; the next attempt follows in a second.
            logger.FollowFailed(exception is NpgsqlException { InnerException: { } cause } ? cause.Message : exception.Message, FollowInterval);
            if (_relays.Count == 0)
            {
                status.HasFailed(exception.Message);
            }
        }
    }

    private async Task StopAsync(int generation)
    {
        var (task, stop) = _relays[generation];
        await stop.CancelAsync();
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        _relays.Remove(generation);
        status.HasEnded(generation);
    }
}
