using Andi.ChangeEvents;
using Andi.Cli.Terminal;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Cli.Check;

/// <summary>Waits until every partition of a generation has applied what there is up to a position.</summary>
/// <param name="ledger">The ingestor's.</param>
/// <param name="patience">How long.</param>
internal sealed class AppliedWait(NpgsqlDataSource ledger, TimeSpan patience)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <exception cref="CommandFailure">It took too long; the message names a partition that lags.</exception>
    public async Task ForAsync(uint generation, ulong lsn, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin($"waiting for the warehouse to reach {Position.FormatLsn(lsn)}", null);
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        while (await LaggingAsync(generation, lsn, cancellationToken) is { } lagging)
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new CommandFailure($"The warehouse did not reach {Position.FormatLsn(lsn)} in {patience.TotalSeconds:0} s: {lagging}. Do relay and ingestor run?");
            }

            await Task.Delay(PollEvery, cancellationToken);
        }
    }

    private async Task<string?> LaggingAsync(uint generation, ulong lsn, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("Check/Sql/lagging_partitions.sql"));
        command.Parameters.AddInOrder((int)generation, new NpgsqlLogSequenceNumber(lsn));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? $"{row.GetString(0)} [{row.GetInt32(1)}] is {row.GetString(2)}" : null;
    }
}
