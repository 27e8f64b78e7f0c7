using Andi.Positions;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Ingestor.Ownership;

/// <summary>
/// The durable side of exactly-once, in PostgreSQL (database <c>ingest</c>): who owns a partition, which batch is under way, how far it is applied.
/// Every change is a compare-and-set on the fencing token. docs/decisions/exactly-once.md tells why this order of steps is safe.
/// </summary>
internal sealed class PartitionLedger(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly string ExpectTopicsSql = EmbeddedSql.Read("Ownership/Sql/expect_topics.sql");
    private static readonly string TakeOverSql = EmbeddedSql.Read("Ownership/Sql/take_over.sql");
    private static readonly string DeclareBatchSql = EmbeddedSql.Read("Ownership/Sql/declare_batch.sql");
    private static readonly string MarkAppliedSql = EmbeddedSql.Read("Ownership/Sql/mark_applied.sql");
    private static readonly string AdvanceIdleSql = EmbeddedSql.Read("Ownership/Sql/advance_idle.sql");

    /// <summary>Notes topics that nobody may have taken over yet, so that readers do not take the others' positions for the whole.</summary>
    public async Task ExpectAsync(string[] topics, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ExpectTopicsSql);
        command.Parameters.Add(new() { Value = topics });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes a partition from whoever owned it. Blocks; called where Kafka's client waits for the answer.</summary>
    public PartitionOwnership TakeOver(string topic, int partition, string owner)
    {
        using var command = database.CreateCommand(TakeOverSql);
        command.Parameters.Add(new() { Value = topic });
        command.Parameters.Add(new() { Value = partition });
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        using var reader = command.ExecuteReader();
        reader.Read();
        var position = new Position((ulong)reader.GetFieldValue<NpgsqlLogSequenceNumber>(2), (uint)reader.GetInt64(3));
        var sourceTimeMs = new DateTimeOffset(reader.GetDateTime(5)).ToUnixTimeMilliseconds();
        return new PartitionOwnership(
            topic,
            partition,
            reader.GetInt64(0),
            new PartitionProgress(reader.GetInt64(1), position, (uint)reader.GetInt32(4), sourceTimeMs, reader.GetBoolean(6)),
            reader.IsDBNull(7) ? null : new OffsetRange(reader.GetInt64(7), reader.GetInt64(8)));
    }

    /// <summary>Writes down which offsets are about to be inserted. Throws <see cref="FencedOffException"/>.</summary>
    public async Task DeclareBatchAsync(PartitionOwnership ownership, OffsetRange range, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeclareBatchSql);
        AddOwnership(command, ownership);
        command.Parameters.Add(new() { Value = range.First });
        command.Parameters.Add(new() { Value = range.Last });
        await ExecuteFencedAsync(command, ownership, cancellationToken);
    }

    /// <summary>Confirms the declared batch. Throws <see cref="FencedOffException"/>.</summary>
    public async Task MarkAppliedAsync(PartitionOwnership ownership, PartitionProgress progress, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(MarkAppliedSql);
        AddOwnership(command, ownership);
        command.Parameters.Add(new() { Value = progress.Offset });
        command.Parameters.Add(Lsn(progress.Position.CommitLsn));
        command.Parameters.Add(new() { Value = (long)progress.Position.Index });
        command.Parameters.Add(new() { Value = (int)progress.Generation });
        command.Parameters.Add(new() { Value = SourceTime(progress) });
        command.Parameters.Add(new() { Value = progress.IsInSnapshot });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await ExecuteFencedAsync(command, ownership, cancellationToken);
    }

    /// <summary>
    /// Moves partitions on over events that left no rows (heartbeats, replays), all in one statement. Partitions that another ingestor has taken over
    /// are left alone; their next batch finds out.
    /// </summary>
    public async Task AdvanceIdleAsync(IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AdvanceIdleSql);
        command.Parameters.Add(new() { Value = moves.Select(move => move.Ownership.Topic).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => move.Ownership.Partition).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => move.Ownership.Fence).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => move.Progress.Offset).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => Position.FormatLsn(move.Progress.Position.CommitLsn)).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => (long)move.Progress.Position.Index).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => (int)move.Progress.Generation).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => SourceTime(move.Progress)).ToArray() });
        command.Parameters.Add(new() { Value = moves.Select(move => move.Progress.IsInSnapshot).ToArray() });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DateTimeOffset SourceTime(PartitionProgress progress) => DateTimeOffset.FromUnixTimeMilliseconds(progress.SourceTimeMs);

    private static NpgsqlParameter Lsn(ulong lsn) => new() { Value = new NpgsqlLogSequenceNumber(lsn), NpgsqlDbType = NpgsqlDbType.PgLsn };

    private static void AddOwnership(NpgsqlCommand command, PartitionOwnership ownership)
    {
        command.Parameters.Add(new() { Value = ownership.Topic });
        command.Parameters.Add(new() { Value = ownership.Partition });
        command.Parameters.Add(new() { Value = ownership.Fence });
    }

    private static async Task ExecuteFencedAsync(NpgsqlCommand command, PartitionOwnership ownership, CancellationToken cancellationToken)
    {
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new FencedOffException(ownership.Topic, ownership.Partition);
        }
    }
}
