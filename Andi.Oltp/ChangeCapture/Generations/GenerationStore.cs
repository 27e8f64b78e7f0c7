using Andi.Oltp.ChangeCapture.Source;
using Andi.Sql;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.ChangeCapture.Generations;

/// <summary>The generations as PostgreSQL keeps them, in <c>andi.generations</c>, for all instances of the relay alike.</summary>
internal sealed class GenerationStore(CaptureDatabase database, IOptions<ChangeCaptureOptions> options, TimeProvider time)
{
    private static readonly string LiveSql = EmbeddedSql.Read("ChangeCapture/Sql/live_generations.sql");
    private static readonly string RequestSql = EmbeddedSql.Read("ChangeCapture/Sql/request_generation.sql");
    private static readonly string StateSql = EmbeddedSql.Read("ChangeCapture/Sql/generation_state.sql");
    private static readonly string BeginSql = EmbeddedSql.Read("ChangeCapture/Sql/begin_snapshot.sql");
    private static readonly string CompleteSql = EmbeddedSql.Read("ChangeCapture/Sql/complete_snapshot.sql");
    private static readonly string AbandonSql = EmbeddedSql.Read("ChangeCapture/Sql/abandon_generation.sql");
    private static readonly string RetireSql = EmbeddedSql.Read("ChangeCapture/Sql/retire_generations.sql");

    private readonly ChangeCaptureOptions _options = options.Value;

    public string SlotOf(int generation) => generation == 1 ? _options.Slot : $"{_options.Slot}_{generation}";

    /// <summary>The generations to relay. Where there is none, the first (or next) one is asked for.</summary>
    public async Task<IReadOnlyList<int>> ReadLiveAsync(CancellationToken cancellationToken)
    {
        var live = await ReadAsync(cancellationToken);
        if (live.Count > 0)
        {
            return live;
        }

        await RequestAsync(database.Source.CreateCommand(RequestSql), above: 0, "there was none", cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    public async Task<GenerationState> ReadStateAsync(int generation, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(StateSql);
        command.Parameters.AddInOrder(generation, SlotOf(generation));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException($"Generation {generation} is gone from andi.generations.");
        }

        return new GenerationState(reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetInt32(3));
    }

    public async Task BeginSnapshotAsync(int generation, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(BeginSql);
        command.Parameters.AddInOrder(generation, SlotOf(generation), time.GetUtcNow());
        Expect(await command.ExecuteNonQueryAsync(cancellationToken), generation);
    }

    public async Task CompleteSnapshotAsync(int generation, ulong lsn, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(CompleteSql);
        command.Parameters.AddInOrder(generation, new NpgsqlLogSequenceNumber(lsn), time.GetUtcNow());
        Expect((long)(await command.ExecuteScalarAsync(cancellationToken))!, generation);
    }

    /// <summary>
    /// Ends a generation that cannot be whole any more and asks for the next one, in one step. No change where it is no longer at that stage.
    /// </summary>
    public async Task AbandonAsync(int generation, string stage, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var abandon = new NpgsqlCommand(AbandonSql, connection);
        abandon.Parameters.AddInOrder(generation, stage, time.GetUtcNow(), reason);
        if (await abandon.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            await RequestAsync(new NpgsqlCommand(RequestSql, connection), generation, $"in place of generation {generation}: {reason}", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ends the generations before the one that readers read. Returns those that were still live.</summary>
    public async Task<IReadOnlyList<int>> RetireBelowAsync(int current, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(RetireSql);
        command.Parameters.AddInOrder(current, time.GetUtcNow());
        return await command.ReadAllAsync(row => row.GetInt32(0), cancellationToken);
    }

    private async Task<IReadOnlyList<int>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(LiveSql);
        return await command.ReadAllAsync(row => row.GetInt32(0), cancellationToken);
    }

    private async Task RequestAsync(NpgsqlCommand command, int above, string reason, CancellationToken cancellationToken)
    {
        await using (command)
        {
            command.Parameters.AddInOrder(above, time.GetUtcNow(), reason);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // Another instance took this one for dead, and has decided otherwise meanwhile.
    private static void Expect(long changed, int generation)
    {
        if (changed != 1)
        {
            throw new InvalidOperationException($"Another instance has taken generation {generation} over.");
        }
    }
}
