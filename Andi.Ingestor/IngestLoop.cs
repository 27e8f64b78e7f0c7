using Andi.Ingestor.Landing;
using Andi.Ingestor.Ledger;
using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor;

/// <summary>
/// Reads the change topics and hands each message to its partition. One thread consumes and fills batches; the batches are written beside it.
/// </summary>
internal sealed class IngestLoop(
    KafkaConnection kafka,
    PartitionFactory factory,
    IPartitionLedger ledger,
    LandingTables tables,
    IOptions<IngestorOptions> options,
    IngestorStatus status,
    TimeProvider time,
    ILogger<IngestLoop> logger) : BackgroundService
{
    private static readonly TimeSpan StepInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(3);

    private readonly IngestorOptions _options = options.Value;
    private readonly AssignedPartitions _assigned = new(factory, ledger, options.Value, time, logger);
    private long _steppedAt;
    private long _refreshedAt;
    private Task _refreshing = Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        // Writes that are under way at shutdown go on; they are abandoned only when draining takes too long.
        using var abandon = new CancellationTokenSource();
        WaitForWarehouse(stoppingToken);
        using var consumer = BuildConsumer();
        var reader = new KafkaPartitionReader(consumer);
        consumer.Subscribe(kafka.TopicPattern);
        status.IsRunning();
        while (!stoppingToken.IsCancellationRequested)
        {
            Consume(consumer);
            Step(reader, abandon.Token);
        }

        Drain(reader, abandon);
        consumer.Close();
    }

    private void WaitForWarehouse(CancellationToken stoppingToken)
    {
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                tables.RefreshAsync(stoppingToken).GetAwaiter().GetResult();
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                status.HasFailed($"The warehouse does not answer: {exception.Message}");
                logger.WarehouseNotReady(exception, attempt);
                stoppingToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            }
        }
    }

    private IConsumer<byte[]?, byte[]?> BuildConsumer()
    {
        var config = new ConsumerConfig(kafka.ClientSettings())
        {
            GroupId = _options.Group,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error, // events that are gone would be a hole; that must not pass unseen
            SessionTimeoutMs = (int)_options.SessionTimeout.TotalMilliseconds,
            FetchWaitMaxMs = 30,
            FetchMinBytes = 16 * 1024, // what trickles in is fetched every 30 ms, not message by message
            ConsumeResultFields = "topic", // no times and no headers: nothing reads them
            QueuedMaxMessagesKbytes = 4 * 1024,
            FetchQueueBackoffMs = 5, // a full queue is empty again after some ten milliseconds; a second is the default
            TopicMetadataRefreshIntervalMs = 2_000,
        };
        return new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetPartitionsAssignedHandler((_, assigned) =>
                [.. assigned.Select(partition => new TopicPartitionOffset(partition, _assigned.Assign(partition)))])
            .SetPartitionsRevokedHandler((_, revoked) => Release(revoked))
            .SetPartitionsLostHandler((_, lost) => Release(lost))
            .ReconnectTo(kafka, logger)
            .Build();
    }

    private void Release(List<TopicPartitionOffset> partitions)
    {
        // Waiting longer would gain nothing: whoever takes over goes by the ledger, not by what this process was about to do.
        var writing = Task.WhenAll(partitions.ConvertAll(partition => _assigned.Release(partition.TopicPartition)));
        Task.WhenAny(writing, Task.Delay(ReleaseTimeout, time)).GetAwaiter().GetResult();
    }

    private void Consume(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            if (consumer.Consume(StepInterval) is { } message && _assigned.Deliver(message))
            {
                _steppedAt = 0;
            }
        }
        catch (ConsumeException exception) when (exception.Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            logger.NoTopicsYet(kafka.TopicPrefix);
        }
        catch (ConsumeException exception)
        {
            logger.ConsumeFailed(exception, exception.Error.Code);
            if (exception.Error.Code == ErrorCode.Local_AutoOffsetReset)
            {
                _assigned.Fail(exception.ConsumerRecord.TopicPartition, exception);
            }
        }
    }

    private void Step(KafkaPartitionReader reader, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_steppedAt) < StepInterval)
        {
            return;
        }

        _steppedAt = time.GetTimestamp();
        _assigned.Step(reader, isDraining: false, cancellationToken);
        status.Report(_assigned.Failure);
        if (_refreshing.IsCompleted && time.GetElapsedTime(_refreshedAt) >= RefreshInterval)
        {
            _refreshedAt = _steppedAt;
            _refreshing = RefreshTablesAsync(cancellationToken);
        }
    }

    private async Task RefreshTablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tables.RefreshAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The known shapes are used on; if one no longer holds, the next insert fails and says so.
            logger.TablesNotRefreshed(exception, RefreshInterval);
        }
    }

    private void Drain(KafkaPartitionReader reader, CancellationTokenSource abandon)
    {
        abandon.CancelAfter(_options.DrainTimeout);
        while (!abandon.IsCancellationRequested && !_assigned.IsDrained)
        {
            _assigned.Step(reader, isDraining: true, abandon.Token);
            Thread.Sleep(StepInterval);
        }

        logger.Drained(_assigned.Count, abandon.IsCancellationRequested);
    }
}
