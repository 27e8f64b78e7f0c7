using Andi.Audit;
using Andi.Oltp.Access;
using Andi.Oltp.Audit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Andi.Oltp.Storage;

/// <summary>
/// Runs the work of a writing request in one transaction, retries it where another write conflicted, and answers with the commit's position.
/// </summary>
public sealed partial class WriteTransaction<TContext>(
    TContext db, CallerDatabase database, WrittenRecords written, ILogger<WriteTransaction<TContext>> logger)
    where TContext : DbContext
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Runs <paramref name="work"/> on a clean context, saves, commits, and sets the header <c>Andi-Position</c> of <paramref name="response"/>. The work
    /// may run up to five times: on a deadlock, a serialization failure, or a key that another request inserted at the same moment.
    /// </summary>
    /// <param name="describe">
    /// Makes of the result what the audit log is to say, without the caller; null: it says which of the context's records were written.
    /// </param>
    /// <exception cref="Validation.ProblemException">What the work threw, or what a violated constraint means. Nothing was written.</exception>
    public async Task<T> RunAsync<T>(
        HttpResponse response, Func<TContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken,
        Func<T, AuditCaller, AuditEntry>? describe = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(response, work, describe, cancellationToken);
            }
            catch (Exception exception) when (attempt < MaxAttempts && (PostgresFailures.IsRetryable(exception) || exception is DbUpdateConcurrencyException))
            {
                LogRetry(attempt + 1, MaxAttempts, PostgresFailures.Postgres(exception)?.SqlState ?? "concurrent change");
                await Task.Delay(FirstDelay * attempt * (1 + Random.Shared.NextDouble()), cancellationToken);
            }
            catch (DbUpdateException exception) when (ConstraintProblems.From(exception, db.Model) is { } problem)
            {
                throw problem;
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }

    private async Task<T> AttemptAsync<T>(
        HttpResponse response, Func<TContext, CancellationToken, Task<T>> work, Func<T, AuditCaller, AuditEntry>? describe, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();

        // A failed save ends the transaction here, never goes on after it: a savepoint before every save would be two round trips for nothing.
        db.Database.AutoSavepointsEnabled = false;

        // Opened here, so that the connection is still this one when the position is read after the commit.
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CommitPosition.EmitTraceParentAsync(connection, cancellationToken);
        var result = await work(db, cancellationToken);
        if (database.IsScoped)
        {
            await ScopedReferences.CheckAsync(db, cancellationToken);
        }

        var caller = AuditCaller.Of(response.HttpContext);
        var entry = describe is null ? written.Describe(db, caller) : describe(result, caller);
        await db.SaveChangesAsync(cancellationToken);
        response.Headers[CommitPosition.HeaderName] = await CommitPosition.CommitAsync(connection, entry);
        return result;
    }

    [LoggerMessage(1111, LogLevel.Warning, "Write conflicted ({Reason}); retrying, attempt {Attempt} of {MaxAttempts}.")]
    private partial void LogRetry(int attempt, int maxAttempts, string reason);
}
