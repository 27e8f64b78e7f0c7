using Andi.ChangeEvents;
using Andi.Kafka;
using Andi.Oltp.ChangeCapture.Generations;
using Andi.Oltp.ChangeCapture.Sink;
using Andi.Oltp.ChangeCapture.Snapshot;
using Andi.Oltp.ChangeCapture.Source;
using Microsoft.Extensions.Options;

namespace Andi.Oltp.ChangeCapture.Relay;

/// <summary>One attempt at a generation's snapshot or stream: puts its parts together, with a producer and a replication connection of its own.</summary>
internal sealed class RelaySessions(
    CaptureDatabase database,
    KafkaConnection kafka,
    AnnouncedTopics announced,
    GenerationStore generations,
    IOptions<ChangeCaptureOptions> options,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(10);

    private readonly ChangeCaptureOptions _options = options.Value;
    private readonly ILogger _logger = loggers.CreateLogger<ChangeRelay>();
    private readonly CapturedTableStore _tables = new(database.Source, time);
    private readonly CaptureCatalog _catalog = new(database.Source, options.Value.Publication);

    /// <summary>Waits until no other instance decides on the slot's generation, or takes its snapshot.</summary>
    public Task<SlotLease> TakeLeaseAsync(string slot, CancellationToken stoppingToken) =>
        SlotLease.TakeAsync(database, slot, _options.SenderTimeout, time, stoppingToken);

    /// <summary>Takes the snapshot that begins the generation. Where it throws the generation is incomplete.</summary>
    public async Task TakeSnapshotAsync(int generation, bool dropSlot, CancellationToken stoppingToken)
    {
        using var topics = new ChangeTopics(kafka, _logger);
        var writer = new ChangeEventWriter();
        var rows = new SnapshotRows(database.Source, _catalog, topics, writer, time, generation);
        await using var replication = await database.OpenReplicationAsync(_options.SenderTimeout, stoppingToken);
        await new InitialSnapshot(generation, generations, _tables, _catalog, announced, topics, rows, kafka, _logger)
            .TakeAsync(replication, dropSlot, stoppingToken);
    }

    /// <summary>Streams until cancelled, or until something fails, which throws; <see cref="IncompleteGenerationException"/> where it cannot go on.</summary>
    public async Task StreamAsync(int generation, Action<DeliveryTracker, RelationRegistry> onStarted, CancellationToken stoppingToken)
    {
        var slot = generations.SlotOf(generation);
        var deliveries = new DeliveryTracker(time);
        using var topics = new ChangeTopics(kafka, _logger);
        var writer = new ChangeEventWriter();
        await using var replication = await database.OpenReplicationAsync(_options.SenderTimeout, stoppingToken);
        var heartbeats = new Heartbeats(topics, deliveries, writer, time, _options.HeartbeatInterval, generation);
        var relations = new RelationRegistry(generation, _catalog, _tables, heartbeats, kafka, time, _logger);
        await relations.LoadAsync(stoppingToken);
        var rows = new SnapshotRows(database.Source, _catalog, topics, writer, time, generation);
        await using var joining = new JoiningTables(
            generation, slot, _options.SenderTimeout, database, _tables, relations, announced, topics, heartbeats, rows, _logger);
        var sender = new ChangeSender(writer, topics, deliveries, joining, time, generation);
        var stream = new WalStream(replication, slot, new WalDecoder(), sender, deliveries, heartbeats, relations, joining, time);
        stream.Started += () => onStarted(deliveries, relations);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pulse = new IdlePulse(database.Source, time, loggers.CreateLogger<IdlePulse>())
            .RunAsync(() => stream.RelayedLsn, _options.IdlePulseInterval, stop.Token);
        try
        {
            await stream.RunAsync(_options, stoppingToken);
        }
        catch (Exception exception) when (deliveries.HasFailed && !stoppingToken.IsCancellationRequested)
        {
            await CheckForHoleAsync(deliveries, exception, stoppingToken);
            throw;
        }
        finally
        {
            await stop.CancelAsync();
            await pulse.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task CheckForHoleAsync(DeliveryTracker deliveries, Exception failure, CancellationToken stoppingToken)
    {
        var unknown = await deliveries.SettleAsync(SettleTimeout, stoppingToken);
        if (deliveries.HasHole || unknown > 0)
        {
            throw new IncompleteGenerationException($"Kafka may hold events behind one that it did not take. {failure.Message}", failure);
        }
    }
}
