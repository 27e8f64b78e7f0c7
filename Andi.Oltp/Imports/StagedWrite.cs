using Andi.Audit;
using Andi.Oltp.Access;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Andi.Oltp.Imports;

/// <summary>
/// Writes many rows in one transaction: copies them to a temporary table, which costs no WAL, and moves them from there with a few statements. All of
/// it is written or nothing.
/// </summary>
public sealed partial class StagedWrite(CallerDatabase database, CountedMonths counted, IOptions<ImportOptions> options, ILogger<StagedWrite> logger)
{
    private const int MaxAttempts = 3;
    private const int FlushBytes = 64 * 1024;
    private const string UnprocessableTitle = "The rows cannot be written.";

    /// <summary>
    /// Stages rows: writes each to the <see cref="CopyRow"/> (<c>line</c> and the definition's columns), then calls <paramref name="flush"/>. Returns how
    /// many rows it read.
    /// </summary>
    public delegate Task<long> Stager(CopyRow copy, RowErrors errors, Func<ValueTask> flush, CancellationToken cancellationToken);

    /// <param name="caller">For the audit log.</param>
    /// <param name="finish">Called on the session before the commit, for what the caller wants to know of the rows, and the audit log; may be null.</param>
    /// <returns>The result and the position of the commit; without one where nothing was written, because of rejects or as it was a dry run.</returns>
    public async Task<(ImportResult Result, string? Position)> RunAsync(
        ImportDefinition definition,
        ImportRequest request,
        Stager stage,
        AuditCaller caller,
        Func<NpgsqlConnection, AuditEntry, CancellationToken, Task<AuditEntry>>? finish,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var session = new StagingSession(connection, transaction, definition, options.Value);
        await CommitPosition.EmitTraceParentAsync(connection, cancellationToken);
        await session.BeginAsync(cancellationToken);
        var errors = new RowErrors(options.Value.MaxListedRejects);
        var read = await CopyAsync(connection, definition, stage, errors, cancellationToken);

        await session.PlanForAsync(read, cancellationToken);
        await session.LockAsync(cancellationToken);
        var fitted = request.Fit is { } fit ? await session.FitAsync(fit, cancellationToken) : 0;
        if (errors.Rows > 0)
        {
            await session.FindRejectsAsync(request.Mode, errors, cancellationToken);
        }

        long written = 0;
        for (var attempt = 1; MayWrite(); attempt++)
        {
            var failure = await session.TryMoveAsync(request, cancellationToken);
            if (failure.Exception is null)
            {
                written = failure.Written;
                break;
            }

            var before = errors.Rows;
            await session.FindRejectsAsync(request.Mode, errors, cancellationToken);
            if (errors.Rows == before && failure.Exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                throw ConstraintProblems.OutsideOfScope();
            }

            if (errors.Rows == before && attempt < MaxAttempts)
            {
                // Nothing is wrong with the rows: another transaction got in the way.
                LogRetry(definition.Entity, attempt + 1, MaxAttempts, failure.Exception.SqlState);
            }

            if (attempt == MaxAttempts)
            {
                throw new ProblemException(
                    StatusCodes.Status409Conflict, UnprocessableTitle,
                    $"The table was changed at the same time ({failure.Exception.ConstraintName}). Try again.");
            }
        }

        if (!MayWrite())
        {
            return (new ImportResult(read, 0, 0, errors.Rows, errors.Listed), null);
        }

        var entry = request.Audited(definition, caller) with { Count = written };
        if (finish is not null)
        {
            entry = await finish(connection, entry, cancellationToken);
        }

        var result = new ImportResult(read, written, read - written - errors.Rows, errors.Rows, errors.Listed)
        {
            Warnings = [.. await WarningsAsync(session, fitted, cancellationToken)],
        };
        if (request.IsDryRun)
        {
            await transaction.RollbackAsync(cancellationToken);
            return (result with { DryRun = true }, null);
        }

        return (result, await CommitPosition.CommitAsync(connection, entry));

        bool MayWrite() => errors.Rows == 0 || (request.OnError == ImportErrorMode.Skip && !errors.IsIncomplete);
    }

    private async Task<IEnumerable<string>> WarningsAsync(StagingSession session, int fitted, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        if (fitted > 0)
        {
            warnings.Add($"Values of {fitted} rows were brought onto the scale.");
        }

        if (counted.Oldest is { } oldest && await session.FindOldAsync(oldest, cancellationToken) is { Rows: > 0 } old)
        {
            warnings.Add($"{old.Rows} rows, the first in line {old.FirstLine}, are of dates that no answer shows: {CountedMonths.Warning(oldest)}");
        }

        return warnings;
    }

    /// <summary>Copies what the stager writes to the staged rows of a definition, which are there; returns how many rows it read.</summary>
    internal static async Task<long> CopyAsync(
        NpgsqlConnection connection, ImportDefinition definition, Stager stage, RowErrors errors, CancellationToken cancellationToken)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(StagingSession.CopySql(definition), cancellationToken);
        var copy = new CopyRow();
        copy.Header();
        try
        {
            var read = await stage(copy, errors, FlushAsync, cancellationToken);
            copy.Trailer();
            await stream.WriteAsync(copy.Written, cancellationToken);
            return read;
        }
        catch
        {
            // Disposing it would end the COPY as if all had come, and PostgreSQL's answer to that would hide why it had not.
            await stream.CancelAsync();
            throw;
        }

        async ValueTask FlushAsync()
        {
            if (copy.Written.Length >= FlushBytes)
            {
                await stream.WriteAsync(copy.Written, cancellationToken);
                copy.Clear();
            }
        }
    }

    [LoggerMessage(1121, LogLevel.Warning, "Write to {Entity} conflicted ({Reason}); retrying, attempt {Attempt} of {MaxAttempts}.")]
    private partial void LogRetry(string entity, int attempt, int maxAttempts, string reason);
}
