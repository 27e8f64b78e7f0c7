using Andi.ChangeEvents;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Ingestor.Generations;

/// <summary>Reads and writes what the ledger records of generations.</summary>
internal sealed class GenerationLedger(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>The one that readers see.</summary>
    public async Task<int> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var command = Command("current");
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<GenerationReach> ReachedAsync(int generation, CancellationToken cancellationToken)
    {
        await using var command = Command("reached", generation);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new GenerationReach(row.GetPosition(0), row.GetPosition(2), row.GetInt64(4) > 0);
    }

    /// <summary>
    /// The newest generation after <paramref name="current"/> all of which is at or past <paramref name="position"/>; null where there is none.
    /// </summary>
    public async Task<int?> CaughtUpAsync(int current, Position position, CancellationToken cancellationToken)
    {
        await using var command = Command("candidate", current, new NpgsqlLogSequenceNumber(position.CommitLsn), (long)position.Index);
        return await command.ExecuteScalarAsync(cancellationToken) as int?;
    }

    public Task FreezeAsync(int generation, CancellationToken cancellationToken) => ExecuteAsync("freeze", cancellationToken, generation, time.GetUtcNow());

    public Task UnfreezeAsync(int generation, CancellationToken cancellationToken) => ExecuteAsync("unfreeze", cancellationToken, generation);

    public Task NoteCurrentAsync(int generation, CancellationToken cancellationToken) =>
        ExecuteAsync("note_current", cancellationToken, generation, time.GetUtcNow());

    /// <summary>Generations that readers left longer than <paramref name="grace"/> ago and that are still there.</summary>
    public async Task<IReadOnlyList<int>> LeftBehindAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        await using var command = Command("left_behind", time.GetUtcNow() - grace);
        return await command.ReadAllAsync(row => row.GetInt32(0), cancellationToken);
    }

    /// <summary>Notes from which month on the warehouse's rows count.</summary>
    public Task NoteOldestMonthAsync(DateOnly month, CancellationToken cancellationToken) => ExecuteAsync("note_retention", cancellationToken, month);

    public Task RetireAsync(int generation, CancellationToken cancellationToken) => ExecuteAsync("retire", cancellationToken, generation, time.GetUtcNow());

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(statement, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string statement, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(EmbeddedSql.Read($"Generations/Sql/{statement}.sql"));
        command.Parameters.AddInOrder(values);
        return command;
    }
}

/// <summary>How far a generation is applied.</summary>
/// <param name="Lowest">The position up to which all of it is applied: what readers are told.</param>
/// <param name="Furthest">The furthest position up to which some of it is applied: a reader may have seen it.</param>
/// <param name="HasPending">A batch is announced and not confirmed.</param>
internal sealed record GenerationReach(Position Lowest, Position Furthest, bool HasPending);
