using Andi.Cli.Terminal;
using Andi.Sql;
using Npgsql;

namespace Andi.Cli.Resync;

/// <summary>
/// <c>resync --table</c>: has the relay send one table anew. The table leaves the publication and joins it again in one transaction, which the relay takes
/// for what it is (docs/decisions/0004-tables-that-join.md): a truncate and all rows, in place, while the stream waits.
/// </summary>
internal sealed class TableResync(NpgsqlDataSource oltp, string publication)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns once all rows of the table are in Kafka.</summary>
    /// <param name="table">With or without its schema.</param>
    /// <param name="timeout">How long that may take.</param>
    /// <exception cref="CommandFailure">The publication has no such table, or the relay did not send it in time.</exception>
    public async Task RunAsync(string table, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var find = oltp.CreateCommand(EmbeddedSql.Read("Resync/Sql/join_again.sql"));
        find.Parameters.AddInOrder(publication, table);
        var joinAgain = await find.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new CommandFailure($"Publication {publication} has no table {table}.");
        await using (var join = oltp.CreateCommand(joinAgain))
        {
            await join.ExecuteNonQueryAsync(cancellationToken);
        }

        await WorkProgress.RunAsync(async begin =>
        {
            using var step = begin($"{table}: rows are sent anew", null);
            var since = TimeProvider.System.GetTimestamp();
            while (!await IsSentAsync(table, cancellationToken))
            {
                if (TimeProvider.System.GetElapsedTime(since) > timeout)
                {
                    throw new CommandFailure($"{table} was not sent within {timeout}. Is the relay running? It sends the table once it is.");
                }

                await Task.Delay(PollEvery, cancellationToken);
            }

            return true;
        });
    }

    private async Task<bool> IsSentAsync(string table, CancellationToken cancellationToken)
    {
        await using var sent = oltp.CreateCommand(EmbeddedSql.Read("Resync/Sql/table_sent.sql"));
        sent.Parameters.AddInOrder(publication, table);
        return (bool)(await sent.ExecuteScalarAsync(cancellationToken))!;
    }
}
