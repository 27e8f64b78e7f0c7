using Andi.ChangeEvents;
using Andi.Sql;
using Andi.Warehouse.Ingest;
using Npgsql;

namespace Andi.Ingestor.Ledger;

/// <summary>The ledger in PostgreSQL, database <c>ingest</c>.</summary>
internal sealed class PartitionLedger(NpgsqlDataSource database, TimeProvider time) : IPartitionLedger
{
    private static readonly string TakeOverSql = EmbeddedSql.Read("Ledger/Sql/take_over.sql");
    private static readonly string OutstandingDeadLettersSql = EmbeddedSql.Read("Ledger/Sql/outstanding_dead_letters.sql");
    private static readonly string NoLandingTableSql = EmbeddedSql.Read("Ledger/Sql/no_landing_table.sql");
    private static readonly string RevokedSql = EmbeddedSql.Read("Ledger/Sql/revoked.sql");
    private static readonly string DeclareBatchSql = EmbeddedSql.Read("Ledger/Sql/declare_batch.sql");
    private static readonly string NoteRefusedSql = EmbeddedSql.Read("Ledger/Sql/note_refused.sql");
    private static readonly string MarkAppliedSql = EmbeddedSql.Read("Ledger/Sql/mark_applied.sql");
    private static readonly string AdvanceIdleSql = EmbeddedSql.Read("Ledger/Sql/advance_idle.sql");

    public PartitionOwnership TakeOver(string topic, int partition, int generation, string owner)
    {
        // Two statements, so that the second one sees what the first had to wait for.
        using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(TakeOverSql, topic, partition, generation, owner, time.GetUtcNow()));
        batch.BatchCommands.Add(Command(OutstandingDeadLettersSql, topic, partition));
        using var reader = batch.ExecuteReader();
        if (!reader.Read())
        {
            throw new RetiredGenerationException(topic);
        }

        var sourceTimeMs = new DateTimeOffset(reader.GetDateTime(4)).ToUnixTimeMilliseconds();
        var ownership = new PartitionOwnership(
            topic,
            partition,
            generation,
            reader.GetInt64(0),
            reader.GetInt64(8),
            new PartitionProgress(reader.GetInt64(1), reader.GetPosition(2), sourceTimeMs, reader.GetBoolean(5)),
            reader.IsDBNull(6)
                ? null
                : new PendingBatch(
                    new OffsetRange(reader.GetInt64(6), reader.GetInt64(7)),
                    reader.IsDBNull(9) ? null : reader.GetString(9),
                    reader.GetFieldValue<long[]>(10).Zip(reader.GetFieldValue<string[]>(11)).ToDictionary(refused => refused.First, refused => refused.Second)),
            []);
        reader.NextResult();
        var deadLetters = new List<long>();
        while (reader.Read())
        {
            deadLetters.Add(reader.GetInt64(0));
        }

        return ownership with { DeadLetters = deadLetters };
    }

    public void NoteWithoutLandingTable(string topic, int partition, int generation)
    {
        using var command = database.CreateCommand(NoLandingTableSql);
        command.Parameters.AddInOrder(topic, partition, generation, time.GetUtcNow());
        if (command.ExecuteScalar() is null)
        {
            throw new RetiredGenerationException(topic);
        }
    }

    public async Task NoteRevokedAsync(PartitionOwnership ownership, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RevokedSql);
        command.Parameters.AddInOrder(ownership.Topic, ownership.Partition, ownership.Fence, ownership.Fence - 1);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<Declaration> DeclareBatchAsync(PartitionOwnership ownership, PendingBatch batch, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DeclareBatchSql);
        command.Parameters.AddInOrder(
            ownership.Topic,
            ownership.Partition,
            ownership.Fence,
            batch.Range.First,
            batch.Range.Last,
            (long)ExactlyOnceSettings.MaxInsertsWhilePending,
            ownership.Generation,
            batch.Columns);
        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            "declared" => Declaration.Declared,
            "held" => Declaration.Held,
            _ => Declaration.FencedOff,
        };
    }

    public async Task NoteRefusedAsync(
        PartitionOwnership ownership, OffsetRange batch, IReadOnlyDictionary<long, string> reasons, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(NoteRefusedSql);
        command.Parameters.AddInOrder(
            ownership.Topic, ownership.Partition, ownership.Fence, batch.First, batch.Last, reasons.Keys.ToArray(), reasons.Values.ToArray());
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new FencedOffException(ownership.Topic, ownership.Partition);
        }
    }

    public async Task MarkAppliedAsync(PartitionOwnership ownership, AppliedBatch batch, CancellationToken cancellationToken)
    {
        var progress = batch.Progress;
        await using var command = database.CreateCommand(MarkAppliedSql);
        command.Parameters.AddInOrder(
            ownership.Topic,
            ownership.Partition,
            ownership.Fence,
            progress.Offset,
            Position.FormatLsn(progress.Position.CommitLsn),
            (long)progress.Position.Index,
            SourceTime(progress),
            progress.IsInSnapshot,
            time.GetUtcNow(),
            (long)batch.Inserts,
            batch.Failed.Keys.ToArray(),
            batch.Failed.Values.ToArray(),
            batch.Replayed.ToArray());
        if ((long)(await command.ExecuteScalarAsync(cancellationToken))! == 0)
        {
            throw new FencedOffException(ownership.Topic, ownership.Partition);
        }
    }

    public async Task<IReadOnlyList<PartitionOwnership>> AdvanceIdleAsync(
        IReadOnlyList<(PartitionOwnership Ownership, PartitionProgress Progress)> moves, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AdvanceIdleSql);
        command.Parameters.AddInOrder(
            moves.Select(move => move.Ownership.Topic).ToArray(),
            moves.Select(move => move.Ownership.Partition).ToArray(),
            moves.Select(move => move.Ownership.Fence).ToArray(),
            moves.Select(move => move.Progress.Offset).ToArray(),
            moves.Select(move => Position.FormatLsn(move.Progress.Position.CommitLsn)).ToArray(),
            moves.Select(move => (long)move.Progress.Position.Index).ToArray(),
            moves.Select(move => SourceTime(move.Progress)).ToArray(),
            moves.Select(move => move.Progress.IsInSnapshot).ToArray(),
            time.GetUtcNow());
        var fencedOff = new List<PartitionOwnership>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            fencedOff.Add(moves[(int)reader.GetInt64(0) - 1].Ownership);
        }

        return fencedOff;
    }

    private static DateTimeOffset SourceTime(PartitionProgress progress) => DateTimeOffset.FromUnixTimeMilliseconds(progress.SourceTimeMs);

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddInOrder(values);
        return command;
    }
}
