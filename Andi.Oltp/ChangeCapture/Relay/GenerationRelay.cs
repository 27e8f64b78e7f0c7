using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>
/// Relays one generation until it has ended: the instance that gets its slot takes the snapshot where there is none, then streams; the others wait for
/// the slot. A failure starts it again from what was confirmed, with a growing delay; where something is lost for good the generation is abandoned.
/// </summary>
internal sealed class GenerationRelay(
    int generation,
    GenerationStore generations,
    RelaySessions sessions,
    IOptions<ChangeCaptureOptions> options,
    RelayStatus status,
    TimeProvider time,
    ILogger logger)
{
    private readonly ChangeCaptureOptions _options = options.Value;
    private string? _loss;
    private bool _isStandingBy;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                if (!await RelayAsync(() => failures = 0, stoppingToken))
                {
                    return;
                }
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectInUse)
            {
                await StandByAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Remembered, so that it is abandoned even where PostgreSQL cannot be told at once.
                _loss ??= (exception as IncompleteGenerationException)?.Message;
                await BackOffAsync(exception, ++failures, stoppingToken);
            }
        }
    }

    /// <summary>False: the generation has ended.</summary>
    private async Task<bool> RelayAsync(Action onStreaming, CancellationToken stoppingToken)
    {
        await using (await sessions.TakeLeaseAsync(generations.SlotOf(generation), stoppingToken))
        {
            var state = await generations.ReadStateAsync(generation, stoppingToken);
            if (state.HasEnded)
            {
                return false;
            }

            if ((_loss ?? state.Loss) is { } loss)
            {
                logger.GenerationAbandoned(generation, loss);
                await generations.AbandonAsync(generation, state.Stage, loss, stoppingToken);
                return false;
            }

            if (state.Stage == GenerationState.Requested)
            {
                // Where one snapshot after the other fails, each new one is a generation: no need to hurry.
                await Task.Delay(Delay(state.FailedSnapshots - 1), time, stoppingToken);
                status.IsTakingSnapshot(generation);
                await sessions.TakeSnapshotAsync(generation, dropSlot: state.SlotExists, stoppingToken);
            }
        }

        await sessions.StreamAsync(generation, OnStarted, stoppingToken);
        return true;

        void OnStarted(DeliveryTracker deliveries, RelationRegistry relations)
        {
            onStreaming();
            _isStandingBy = false;
            status.IsStreaming(generation, deliveries, relations);
            logger.RelayStarted(generations.SlotOf(generation), generation);
        }
    }

    private async Task StandByAsync(CancellationToken stoppingToken)
    {
        status.IsStandingBy(generation);
        if (!_isStandingBy)
        {
            _isStandingBy = true;
            logger.StandingBy(generations.SlotOf(generation));
        }

        await Task.Delay(_options.StandbyInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BackOffAsync(Exception exception, int attempt, CancellationToken stoppingToken)
    {
        var delay = _loss is null ? Delay(attempt) : Delay(attempt - 1);
        _isStandingBy = false;
        status.HasFailed(generation, exception.Message);
        logger.RelayFailed(exception, generation, delay, attempt);
        await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan Delay(int attempt) =>
        TimeSpan.FromSeconds(Math.Clamp(Math.Pow(2, Math.Clamp(attempt, 0, 16)) - 1, 0, _options.MaxRestartDelay.TotalSeconds));
}
