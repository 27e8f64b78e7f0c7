using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Bench.Relay;

/// <summary>How far a replication slot is.</summary>
/// <param name="Sender">Id of PostgreSQL's process that sends from it; 0 where nobody reads it, or where it is not there.</param>
/// <param name="Confirmed">All before this LSN is confirmed by its reader.</param>
internal readonly record struct SlotProgress(int Sender, NpgsqlLogSequenceNumber Confirmed)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string ProgressSql = EmbeddedSql.Read("Relay/Sql/slot_progress.sql");

    /// <summary>Looks a hundred times a second.</summary>
    /// <exception cref="TimeoutException">It was not so within ten minutes.</exception>
    public static async Task<SlotProgress> UntilAsync(
        NpgsqlDataSource database, string slot, Func<SlotProgress, bool> isSo, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetUtcNow() + Limit;
        while (TimeProvider.System.GetUtcNow() <= deadline)
        {
            if (await ReadAsync(database, slot, cancellationToken) is var progress && isSo(progress))
            {
                return progress;
            }

            await Task.Delay(PollEvery, cancellationToken);
        }

        throw new TimeoutException($"Slot {slot} is not where it should be after {Limit}.");
    }

    private static async Task<SlotProgress> ReadAsync(NpgsqlDataSource database, string slot, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ProgressSql);
        command.Parameters.AddInOrder(slot);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new SlotProgress(reader.GetInt32(0), reader.GetFieldValue<NpgsqlLogSequenceNumber>(1)) : default;
    }
}
