using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Catalog;
using Andi.Oltp.ChangeCapture.Events;
using Andi.Oltp.ChangeCapture.Kafka;
using Andi.Oltp.ChangeCapture.Snapshot;
using Andi.Oltp.ChangeCapture.Wal;
using Microsoft.Extensions.Options;
using Npgsql;
using Npgsql.Replication;

namespace Andi.Oltp.ChangeCapture;

/// <summary>
/// Runs the relay from PostgreSQL to Kafka for as long as the process lives: the instance that gets the slot takes the initial snapshot where there is
/// none, then streams; the others wait for the slot. Any failure starts it again from what was confirmed, with a growing delay.
/// </summary>
internal sealed class ChangeRelay(
    CaptureDatabase database,
    KafkaConnection kafka,
    IOptions<ChangeCaptureOptions> options,
    RelayStatus status,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService
{
    private readonly ChangeCaptureOptions _options = options.Value;
    private readonly ILogger _logger = loggers.CreateLogger<ChangeRelay>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
        {
            status.IsOff();
            return;
        }

        // Not on the thread that starts the host.
        await Task.Yield();
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await RelayAsync(() => failures = 0, stoppingToken);
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
                await BackOffAsync(exception, ++failures, stoppingToken);
            }
        }
    }

    private async Task RelayAsync(Action onStreaming, CancellationToken stoppingToken)
    {
        using var topics = new ChangeTopics(kafka, loggers.CreateLogger<ChangeTopics>());
        using var writer = new ChangeEventWriter();
        var catalog = new CaptureCatalog(database.Source, kafka, _options.Publication);
        foreach (var (schema, name) in await catalog.ReadTablesAsync(stoppingToken))
        {
            await topics.PartitionsOfAsync(kafka.TopicOf(1, schema, name), stoppingToken);
        }

        await using var replication = await database.OpenReplicationAsync(_options.SenderTimeout, stoppingToken);
        var generation = await EnsureSnapshotAsync(catalog, topics, writer, replication, stoppingToken);
        var stream = new WalStream(
            replication,
            new WalDecoder(catalog),
            writer,
            topics,
            new Heartbeats(topics, writer, time, _options.HeartbeatInterval, generation),
            time,
            generation);

        stream.Started += () =>
        {
            onStreaming();
            status.IsStreaming(generation);
            _logger.RelayStarted(_options.Slot, generation);
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pulse = new IdlePulse(database.Source, time, loggers.CreateLogger<IdlePulse>())
            .RunAsync(() => stream.RelayedLsn, _options.IdlePulseInterval, stop.Token);
        try
        {
            await stream.RunAsync(_options, stoppingToken);
        }
        finally
        {
            await stop.CancelAsync();
            await pulse.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<int> EnsureSnapshotAsync(
        CaptureCatalog catalog, ChangeTopics topics, ChangeEventWriter writer, LogicalReplicationConnection replication, CancellationToken stoppingToken)
    {
        // Held by its session while deciding and taking, so that two instances that start at once do not both take a snapshot.
        await using var turn = await database.TakeTurnAsync(_options.Slot, stoppingToken);
        var state = await CaptureState.ReadAsync(turn, _options.Slot, stoppingToken);
        if (state is { IsSnapshotComplete: true, SlotExists: true, IsSlotLost: false })
        {
            return state.Generation;
        }

        status.IsTakingSnapshot();
        var snapshot = new InitialSnapshot(database.Source, catalog, topics, writer, time, loggers.CreateLogger<InitialSnapshot>());
        return await snapshot.TakeAsync(replication, _options.Slot, dropSlot: state.SlotExists, stoppingToken);
    }

    private async Task StandByAsync(CancellationToken stoppingToken)
    {
        status.IsStandingBy();
        _logger.StandingBy(_options.Slot);
        await Task.Delay(_options.StandbyInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BackOffAsync(Exception exception, int attempt, CancellationToken stoppingToken)
    {
        var delay = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(attempt, 16) - 1), _options.MaxRestartDelay.TotalSeconds));
        status.HasFailed($"The change relay failed: {exception.Message}");
        _logger.RelayFailed(exception, delay, attempt);
        await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
