using System.Globalization;
using Andi.Oltp.Imports.Mapping;
using Andi.Sql;
using Npgsql;

namespace Andi.Oltp.Imports;

/// <summary>The statements of one <see cref="StagedWrite"/> on its connection, inside its transaction.</summary>
internal sealed class StagingSession(NpgsqlConnection connection, NpgsqlTransaction transaction, ImportDefinition definition, ImportOptions options)
{
    private const string Savepoint = "staged";
    private const int FewRows = 1_000;

    public static string CopySql(ImportDefinition definition) =>
        $"COPY {definition.StagedRows} (line, {string.Join(", ", definition.Columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)";

    /// <summary>
    /// Makes the tables of staged and of rejected rows; both are empty again at the transaction's end. They stay for the
    /// connection's next batch: to make and drop them each time costs more than to write thirty rows, here and where the WAL is decoded.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", definition.Columns.Select(column => $"{column.Name} {column.Type}"));
        await ExecuteAsync(
            $"""
            SET LOCAL lock_timeout = '{options.LockTimeoutSeconds}s';
            CREATE TEMPORARY TABLE IF NOT EXISTS {definition.StagedRows} (line bigint NOT NULL, {columns}) ON COMMIT DELETE ROWS;
            CREATE TEMPORARY TABLE IF NOT EXISTS import_rejects (line bigint NOT NULL, field text NOT NULL, reason text NOT NULL) ON COMMIT DELETE ROWS
            """,
            cancellationToken);
    }

    /// <summary>
    /// Has the statements planned for what is staged now: the connection may hold plans from when the tables were empty. Few rows are looked up one by
    /// one; the planner knows nothing of a temporary table, assumes hundreds of rows, and would read a whole table to find what thirty rows refer to.
    /// </summary>
    public Task PlanForAsync(long rows, CancellationToken cancellationToken) => ExecuteAsync(
        rows <= FewRows ? "DISCARD PLANS; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off" : "DISCARD PLANS", cancellationToken);

    /// <summary>One at a time moves its rows into a table: two that touch the same rows in different orders would deadlock.</summary>
    public Task LockAsync(CancellationToken cancellationToken) =>
        ExecuteAsync($"SELECT pg_advisory_xact_lock(hashtextextended('andi.import.{definition.Entity}', 0))", cancellationToken);

    /// <summary>Brings staged rows onto their scale; returns how many were off it.</summary>
    public async Task<int> FitAsync(ScaleFit fit, CancellationToken cancellationToken)
    {
        if (definition.FitSql is null)
        {
            return 0;
        }

        await using var command = Command(definition.FitSql);
        command.Parameters.AddInOrder(fit.Clamps, fit.Rounds);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Staged rows that happened before a month: how many, and the line of the first.</summary>
    public async Task<(long Rows, long FirstLine)> FindOldAsync(DateOnly month, CancellationToken cancellationToken)
    {
        if (definition.HappenedOnSql is null)
        {
            return default;
        }

        await using var command = Command($"SELECT count(*), coalesce(min(line), 0) FROM {definition.StagedRows} WHERE {definition.HappenedOnSql} < $1");
        command.Parameters.AddInOrder(month);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Moves the staged rows to their place; where a constraint or another transaction is against it, undoes that and returns why.</summary>
    public async Task<(long Written, PostgresException? Exception)> TryMoveAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            long written = 0;
            foreach (var statement in definition.StatementsFor(request.Mode, request.Absent ?? []))
            {
                written += await ExecuteAsync(statement, cancellationToken);
            }

            return (written, null);
        }
        catch (PostgresException exception) when (IsAboutRows(exception))
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken);
            return (0, exception);
        }
    }

    /// <summary>Finds the staged rows that break a check, adds them to <paramref name="errors"/> and takes them out of the staged rows.</summary>
    public async Task FindRejectsAsync(ImportMode mode, RowErrors errors, CancellationToken cancellationToken)
    {
        foreach (var check in definition.Checks.Where(check => check.OnlyIn is null || check.OnlyIn == mode))
        {
            await ExecuteAsync(
                $"""
                INSERT INTO import_rejects
                WITH import_rows AS (TABLE {definition.StagedRows})
                SELECT line, '{check.Fields}', reason FROM ({check.Sql}) AS found (line, reason)
                """,
                cancellationToken);
        }

        var removed = await ExecuteAsync($"DELETE FROM {definition.StagedRows} WHERE line IN (SELECT line FROM import_rejects)", cancellationToken);
        await using var command = Command(string.Create(
            CultureInfo.InvariantCulture, $"SELECT line, field, reason FROM import_rejects ORDER BY line, field LIMIT {options.MaxListedRejects}"));
        var listed = new List<RowReject>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                listed.Add(new RowReject(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        errors.AddAll(removed, listed);
        await ExecuteAsync("TRUNCATE import_rejects", cancellationToken);
    }

    // Integrity violations, the same row twice in one upsert, rows outside of the caller's scope, and what goes away by itself. The rest is nobody's rows'
    // fault.
    private static bool IsAboutRows(PostgresException exception) =>
        exception.SqlState.StartsWith("23", StringComparison.Ordinal)
        || exception.SqlState is PostgresErrorCodes.CardinalityViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.InsufficientPrivilege;

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction) { CommandTimeout = options.StatementTimeoutSeconds };
}
