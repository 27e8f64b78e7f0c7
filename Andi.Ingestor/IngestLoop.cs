using Andi.Ingestor.Ownership;
using Andi.Ingestor.Partitions;
using Andi.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace Andi.Ingestor;

/// <summary>
/// Reads the change topics and hands each message to its partition. One thread consumes and fills batches; the batches are written beside it. What
/// Kafka's consumer group assigns is where ownership begins; the ledger decides whether it holds.
/// </summary>
internal sealed class IngestLoop(
    KafkaConnection kafka,
    PartitionSource source,
    PartitionLedger ledger,
    GenerationSwitch generations,
    IOptions<IngestorOptions> options,
    IngestorStatus status,
    TimeProvider time,
    ILogger<IngestLoop> logger) : BackgroundService
{
    private static readonly TimeSpan StepInterval = TimeSpan.FromMilliseconds(10);

    private readonly IngestorOptions _options = options.Value;
    private readonly Dictionary<TopicPartition, PartitionSlot> _slots = [];
    private long _steppedAt;
    private Task _noting = Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stoppingToken)
    {
        // Writes that are under way at shutdown go on; they are only given up when draining takes too long.
        using var giveUp = new CancellationTokenSource();
        Expect(stoppingToken);
        using var consumer = BuildConsumer(giveUp.Token);
        consumer.Subscribe($"^{System.Text.RegularExpressions.Regex.Escape(kafka.TopicPrefix)}\\.[^.]+\\.[^.]+$");
        status.IsRunning();
        while (!stoppingToken.IsCancellationRequested)
        {
            Consume(consumer);
            Step(consumer, isDraining: false, giveUp.Token);
        }

        Drain(consumer, giveUp);
        consumer.Close();
    }

    private void Expect(CancellationToken stoppingToken)
    {
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                source.Expect(stoppingToken);
                return;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                status.HasFailed($"The stores do not answer: {exception.Message}");
                logger.StoresNotReady(exception, attempt);
                stoppingToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            }
        }
    }

    private IConsumer<byte[]?, byte[]?> BuildConsumer(CancellationToken cancellationToken)
    {
        var config = new ConsumerConfig(kafka.ClientSettings())
        {
            GroupId = _options.Group,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error, // events that are gone would be a hole; that must not pass unseen
            SessionTimeoutMs = (int)_options.SessionTimeout.TotalMilliseconds,
            FetchWaitMaxMs = 50,
            QueuedMaxMessagesKbytes = 16 * 1024,
            TopicMetadataRefreshIntervalMs = 5_000,
        };
        return new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetPartitionsAssignedHandler((_, assigned) => Assign(assigned, cancellationToken))
            .SetPartitionsRevokedHandler((_, revoked) => Release(revoked.Select(partition => partition.TopicPartition)))
            .SetPartitionsLostHandler((_, lost) => Release(lost.Select(partition => partition.TopicPartition)))
            .SetErrorHandler((_, error) => logger.KafkaReported(error.Code, error.Reason))
            .SetLogHandler((_, line) => logger.KafkaLogged(line.Message))
            .Build();
    }

    private IEnumerable<TopicPartitionOffset> Assign(IReadOnlyList<TopicPartition> assigned, CancellationToken cancellationToken)
    {
        foreach (var partition in assigned)
        {
            var slot = _slots[partition] = new PartitionSlot(partition, source, _options, time, logger);
            slot.TryTakeOver(cancellationToken);
            yield return new TopicPartitionOffset(partition, slot.StartOffset);
        }
    }

    private void Release(IEnumerable<TopicPartition> revoked)
    {
        foreach (var partition in revoked)
        {
            if (_slots.Remove(partition, out var slot))
            {
                slot.Dispose();
                logger.PartitionReleased(partition.Topic, partition.Partition);
            }
        }
    }

    private void Consume(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            if (consumer.Consume(StepInterval) is { } message && _slots.TryGetValue(message.TopicPartition, out var slot) && slot.Add(message))
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
            if (exception.Error.Code == ErrorCode.Local_AutoOffsetReset && _slots.TryGetValue(exception.ConsumerRecord.TopicPartition, out var slot))
            {
                slot.Fail(exception);
            }
        }
    }

    private void Step(IConsumer<byte[]?, byte[]?> consumer, bool isDraining, CancellationToken cancellationToken)
    {
        if (!isDraining && time.GetElapsedTime(_steppedAt) < StepInterval)
        {
            return;
        }

        _steppedAt = time.GetTimestamp();
        var hasRoom = _slots.Values.Sum(slot => slot.HeldRows) < _options.MaxOpenRows;
        foreach (var slot in _slots.Values)
        {
            slot.Step(consumer, hasRoom, isDraining, cancellationToken);
        }

        NoteIdleProgress(isDraining, cancellationToken);
        status.Report(_slots.Values.Select(slot => slot.Failure).FirstOrDefault(failure => failure is not null));
    }

    private void NoteIdleProgress(bool isDraining, CancellationToken cancellationToken)
    {
        if (!_noting.IsCompleted)
        {
            return;
        }

        var moves = new List<(PartitionOwnership Ownership, PartitionProgress Progress)>();
        foreach (var slot in _slots.Values)
        {
            if (slot.TakeIdleProgress(isDraining) is { } move)
            {
                moves.Add(move);
            }
        }

        if (moves.Count > 0)
        {
            _noting = Task.Run(() => NoteAsync(moves, cancellationToken), CancellationToken.None);
        }
    }

    private async Task NoteAsync(List<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken)
    {
        try
        {
            await generations.FollowAsync(moves.MaxBy(move => move.Progress.Generation).Progress, cancellationToken);
            await ledger.AdvanceIdleAsync(moves, cancellationToken);
        }
        catch (Exception exception)
        {
            // Nothing is lost: the next heartbeat, or batch, notes the progress with its own.
            logger.ProgressNotNoted(exception, moves.Count);
        }
    }

    private void Drain(IConsumer<byte[]?, byte[]?> consumer, CancellationTokenSource giveUp)
    {
        giveUp.CancelAfter(_options.DrainTimeout);
        while (!giveUp.IsCancellationRequested && !(_noting.IsCompleted && _slots.Values.All(slot => slot.IsDrained)))
        {
            Step(consumer, isDraining: true, giveUp.Token);
            Thread.Sleep(StepInterval);
        }

        logger.Drained(_slots.Count, giveUp.IsCancellationRequested);
    }
}
