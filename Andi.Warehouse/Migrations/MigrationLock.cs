using Andi.Warehouse.Client;
using Microsoft.Extensions.Logging;

namespace Andi.Warehouse.Migrations;

/// <summary>
/// Lets one migrator at a time through, with nothing but ClickHouse: CREATE TABLE without IF NOT EXISTS succeeds for one only. Each holder makes the next
/// table of a sequence, <c>ops.migration_lock_{n}</c>, and says in it every second that it lives. The lock is free when the newest one's holder said it was
/// done, or has been silent for <see cref="Silence"/> by the server's clock, as after a kill.
/// </summary>
internal sealed partial class MigrationLock : IAsyncDisposable
{
    private const int TableAlreadyExists = 57;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ClickHouseClient _client;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ulong _number;
    private readonly string _owner;
    private readonly Task _beating;

    private MigrationLock(ClickHouseClient client, ILogger logger, ulong number, string owner)
    {
        (_client, _logger, _number, _owner) = (client, logger, number, owner);
        _beating = BeatAsync();
    }

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="MigrationException">Another one held it all the time; the message says who.</exception>
    public static async Task<MigrationLock> AcquireAsync(ClickHouseClient client, ILogger logger, TimeSpan patience, CancellationToken cancellationToken)
    {
        var owner = $"{Environment.MachineName}, process {Environment.ProcessId}, {Guid.NewGuid():N}";
        var deadline = DateTime.UtcNow + patience;
        for (var waits = 0; ; waits++)
        {
            var newest = await NewestAsync(client, cancellationToken);
            if (newest.Free && await TryTakeAsync(client, newest.Number + 1, owner, cancellationToken))
            {
                return new MigrationLock(client, logger, newest.Number + 1, owner);
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new MigrationException($"Another migration has been running for more than {patience.TotalSeconds:0} s ({newest.Owner}). Try again when it is done.");
            }

            if (waits == 0)
            {
                LogWaiting(logger, newest.Owner);
            }

            await Task.Delay(Beat / 2, cancellationToken);
        }
    }

    /// <summary>Call before each statement: a holder that was paused for long may have lost the lock to another.</summary>
    /// <exception cref="MigrationException">It has.</exception>
    public async Task EnsureHeldAsync(CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(_client, cancellationToken);
        if (newest.Number != _number)
        {
            throw new MigrationException($"This migration was silent for so long that another one took over ({newest.Owner}). It stops here.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        try
        {
            await SayAsync(_client, _number, _owner, done: true, CancellationToken.None);
        }
        catch (Exception failure) when (failure is ClickHouseException or TimeoutException)
        {
            LogNotReleased(failure, Silence.TotalSeconds);
        }

        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, _stop.Token);
                await SayAsync(_client, _number, _owner, done: false, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) when (failure is ClickHouseException or TimeoutException)
            {
                LogSilent(failure);
            }
        }
    }

    private static async Task<NewestLock> NewestAsync(ClickHouseClient client, CancellationToken cancellationToken)
    {
        const string Tables = """
            SELECT max(toUInt64(substring(name, length('migration_lock_') + 1))) AS number
            FROM system.tables WHERE database = 'ops' AND match(name, '^migration_lock_[0-9]+$')
            """;
        var number = await client.ScalarAsync<ulong>(new(Tables) { Name = "migration_lock" }, cancellationToken);
        if (number == 0)
        {
            return new NewestLock(0, Free: true, "nobody");
        }

        // A table without a row was made a moment ago: its own age counts.
        var sql = $$"""
            SELECT toUInt64({{number}}) AS number,
                   toBool(max(done) = 1 OR greatest(max(said_at), any(made_at)) < now64(3) - INTERVAL {{(int)Silence.TotalSeconds}} SECOND) AS free,
                   max(owner) AS owner
            FROM (SELECT done, said_at, owner FROM ops.migration_lock_{{number}} UNION ALL SELECT 0, toDateTime64(0, 3), '') AS said
            CROSS JOIN (SELECT toDateTime64(metadata_modification_time, 3) AS made_at FROM system.tables WHERE database = 'ops' AND name = 'migration_lock_{{number}}') AS made
            """;
        try
        {
            return (await client.QueryAsync<NewestLock>(new(sql) { Name = "migration_lock" }, cancellationToken))[0];
        }
        catch (ClickHouseException gone) when (gone.Code == 60)
        {
            // The next holder has swept it away between the two questions.
            return new NewestLock(number, Free: false, "the next one");
        }
    }

    private static async Task<bool> TryTakeAsync(ClickHouseClient client, ulong number, string owner, CancellationToken cancellationToken)
    {
        try
        {
            await client.ExecuteAsync(
                new($"CREATE TABLE ops.migration_lock_{number} (owner String, done UInt8, said_at DateTime64(3) DEFAULT now64(3)) ENGINE = MergeTree ORDER BY said_at"),
                cancellationToken);
        }
        catch (ClickHouseException taken) when (taken.Code == TableAlreadyExists)
        {
            return false;
        }

        await SayAsync(client, number, owner, done: false, cancellationToken);
        if (number > 1)
        {
            await client.ExecuteAsync(new($"DROP TABLE IF EXISTS ops.migration_lock_{number - 1}"), cancellationToken);
        }

        return true;
    }

    private static async Task SayAsync(ClickHouseClient client, ulong number, string owner, bool done, CancellationToken cancellationToken) => await client.ExecuteAsync(
        new($"INSERT INTO ops.migration_lock_{number} (owner, done) SELECT {{owner:String}}, {{done:UInt8}}")
        {
            Parameters = new() { { "owner", owner }, { "done", done ? 1 : 0 } },
        },
        cancellationToken);

    [LoggerMessage(3101, LogLevel.Information, "Another migration is running ({Owner}); waiting for it")]
    private static partial void LogWaiting(ILogger logger, string owner);

    [LoggerMessage(3102, LogLevel.Warning, "The migration could not say that it is running")]
    private partial void LogSilent(Exception failure);

    [LoggerMessage(3103, LogLevel.Warning, "The migration's lock could not be given back; the next migration waits {Seconds} s for it")]
    private partial void LogNotReleased(Exception failure, double seconds);
}

internal sealed record NewestLock(ulong Number, bool Free, string Owner);
