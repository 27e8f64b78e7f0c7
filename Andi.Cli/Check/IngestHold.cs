using Andi.ChangeEvents;
using Andi.Cli.Terminal;
using Andi.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Cli.Check;

/// <summary>
/// Keeps ingest from announcing batches while the stores are compared, or tables laid out anew: a lease in the ledger, renewed in the background. Writes to
/// PostgreSQL and the reading of Kafka go on. If this process dies, the lease runs out by itself.
/// </summary>
internal sealed class IngestHold : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan EndsByItself = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource _ledger;
    private readonly string _name;
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _stop = new();
    private Task _renewing = Task.CompletedTask;

    private IngestHold(NpgsqlDataSource ledger, string name) => (_ledger, _name) = (ledger, name);

    /// <summary>Returns once no batch is under way and none can begin.</summary>
    /// <param name="ledger">The ingestor's.</param>
    /// <param name="name">What for, for instance <c>check</c>: one at a time of each name.</param>
    /// <param name="generation">Whose batches; null: of all.</param>
    /// <param name="finish">What ends the batches that are under way where they do not end by themselves within five seconds; null: nothing does.</param>
    /// <exception cref="CommandFailure">Another of that name holds ingest, or a batch did not end, for two minutes.</exception>
    public static async Task<IngestHold> TakeAsync(
        NpgsqlDataSource ledger, string name, uint? generation, Func<CancellationToken, Task>? finish, CancellationToken cancellationToken)
    {
        var hold = new IngestHold(ledger, name);
        try
        {
            if (!await BecomesAsync(() => hold.ExecuteAsync("acquire_hold", cancellationToken), Timeout, cancellationToken))
            {
                throw new CommandFailure($"Ingest is held by another {name}.");
            }

            hold._renewing = hold.RenewAsync();
            if (finish is not null && !await BecomesAsync(NothingIsPending, EndsByItself, cancellationToken))
            {
                await finish(cancellationToken);
            }

            return await BecomesAsync(NothingIsPending, Timeout, cancellationToken)
                ? hold
                : throw new CommandFailure("A pending batch was not confirmed within the timeout. Is an ingestor running?");
        }
        catch
        {
            await hold.DisposeAsync();
            throw;
        }

        async Task<bool> NothingIsPending() => await PendingAsync(ledger, generation, cancellationToken) == 0;
    }

    /// <summary>How many batches are announced but not confirmed.</summary>
    /// <param name="ledger">The ingestor's.</param>
    /// <param name="generation">Whose; null: of all that are still landed.</param>
    public static async Task<long> PendingAsync(NpgsqlDataSource ledger, uint? generation, CancellationToken cancellationToken)
    {
        await using var command = ledger.CreateCommand(EmbeddedSql.Read("Check/Sql/pending_batches.sql"));
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = (object?)(int?)generation ?? DBNull.Value });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Whether it has held without a break so far.</summary>
    public Task<bool> HoldsAsync(CancellationToken cancellationToken) => ExecuteAsync("renew_hold", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        try
        {
            await ExecuteAsync("release_hold", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The lease runs out by itself.
        }
    }

    private static async Task<bool> BecomesAsync(Func<Task<bool>> condition, TimeSpan within, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(begun) > within)
            {
                return false;
            }

            await Task.Delay(PollEvery, cancellationToken);
        }

        return true;
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _stop.Token);
                await ExecuteAsync("renew_hold", _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or NpgsqlException)
        {
            // Over, or lost: who asks whether it holds finds out.
        }
    }

    private async Task<bool> ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = _ledger.CreateCommand(EmbeddedSql.Read($"Check/Sql/{statement}.sql"));
        command.Parameters.AddInOrder(_name, _holder);
        if (statement != "release_hold")
        {
            command.Parameters.AddInOrder(Lease);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}

/// <summary>Waits until every partition of a generation has applied what there is up to a position.</summary>
/// <param name="ledger">The ingestor's.</param>
/// <param name="patience">How long.</param>
internal sealed class AppliedWait(NpgsqlDataSource ledger, TimeSpan timeout)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);

    /// <exception cref="CommandFailure">It took too long; the message names a partition that lags.</exception>
    public async Task ForAsync(uint generation, ulong lsn, Func<string, double?, IWorkStep> begin, CancellationToken cancellationToken)
    {
        using var step = begin($"waiting for the warehouse to reach {Position.FormatLsn(lsn)}", null);
        var deadline = TimeProvider.System.GetUtcNow() + timeout;
        while (await LaggingAsync(generation, lsn, cancellationToken) is { } lagging)
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
            {
                throw new CommandFailure($"The warehouse did not reach {Position.FormatLsn(lsn)} within {timeout.TotalSeconds:0} s: {lagging}. Are the "
                    + $"relay and the ingestor running?");
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
