using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Andi.Audit;

/// <summary>An entry could not be added: what it tells of is not done.</summary>
public sealed class AuditUnavailableException(Exception reason) : Exception("The audit log cannot be written.", reason);

/// <summary>
/// Adds entries of reads. Those that come while others are being committed are committed together, so a commit's wait for the disk is shared by all who ask
/// at the same time.
/// </summary>
public sealed partial class AuditLog(AuditDatabase database, ILogger<AuditLog> logger) : BackgroundService
{
    private const int MaxBatch = 200;

    // Makes the transaction one that the change relay sees: a position behind it is then reached with the next heartbeat, not with the next look for WAL that
    // holds nothing of interest.
    private const string PassedOnSql = "SELECT pg_logical_emit_message(true, 'andi.audit', '')::text";

    private readonly Channel<Waiting> _entries = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Returns once the entry is committed.</summary>
    /// <exception cref="AuditUnavailableException">It is not, or not for certain.</exception>
    public Task AddAsync(AuditEntry entry)
    {
        var waiting = new Waiting(entry);
        return _entries.Writer.TryWrite(waiting)
            ? waiting.Done.Task
            : Task.FromException(new AuditUnavailableException(new InvalidOperationException("The service stops.")));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _entries.Reader.WaitToReadAsync(stoppingToken))
            {
                var batch = new List<Waiting>();
                while (batch.Count < MaxBatch && _entries.Reader.TryRead(out var next))
                {
                    batch.Add(next);
                }

                await CommitAsync(batch);
            }
        }
        finally
        {
            _entries.Writer.TryComplete();
            while (_entries.Reader.TryRead(out var left))
            {
                left.Done.SetException(new AuditUnavailableException(new InvalidOperationException("The service stops.")));
            }
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        try
        {
            try
            {
                await InsertAsync(batch);
            }
            catch (NpgsqlException failure) when (failure.IsTransient)
            {
                // A connection of the pool that had broken. That an entry is there twice, where only the answer to a commit was lost, does no harm.
                await InsertAsync(batch);
            }

            batch.ForEach(one => one.Done.SetResult());
        }
        catch (Exception failure)
        {
            LogNotAdded(failure, batch.Count);
            batch.ForEach(one => one.Done.SetException(new AuditUnavailableException(failure)));
        }
    }

    private async Task InsertAsync(List<Waiting> batch)
    {
        // Without BEGIN, what is sent at once is one transaction.
        await using var statements = database.Source.CreateBatch();
        batch.ForEach(one => statements.BatchCommands.Add(one.Entry.Insert()));
        statements.BatchCommands.Add(new(PassedOnSql));
        await statements.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [LoggerMessage(6150, LogLevel.Error, "{Count} entries of reads could not be added to the audit log; these reads are refused")]
    private partial void LogNotAdded(Exception failure, int count);

    private sealed record Waiting(AuditEntry Entry)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
