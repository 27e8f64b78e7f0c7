using Andi.Oltp.Imports;
using Andi.Oltp.Validation;
using Npgsql;

namespace Andi.Oltp.Areas.OneRoster;

/// <summary>The steps of one <see cref="RosterImport"/> on its connection, inside its transaction.</summary>
internal sealed class RosterWrite(NpgsqlConnection connection, NpgsqlTransaction transaction, ImportCatalog catalog, ImportOptions options)
{
    private const string Savepoint = "roster";
    private const int MaxAttempts = 3;

    /// <summary>Stages the rows of a file; of one that the set does not have, none.</summary>
    /// <exception cref="ProblemException">422: the header does not fit.</exception>
    public async Task<StagedFile> StageAsync(RosterFile file, string mode, RosterPackage package, CancellationToken cancellationToken)
    {
        var staged = new StagedFile(file, mode, Session(file.Rows), new RowErrors(options.MaxListedRejects));
        await staged.Session.BeginAsync(cancellationToken);
        if (!package.Has(file.FileName))
        {
            return staged;
        }

        await using var stream = package.Open(file.FileName);
        using var cursor = new CsvCursor(stream);
        var csv = new CsvImport(file.Rows, cursor, mapping: null, ignoresUnknown: true);
        try
        {
            await csv.BeginAsync(cancellationToken);
        }
        catch (ProblemException exception) when (exception.Status == StatusCodes.Status422UnprocessableEntity)
        {
            throw RosterResult.Wrong(file.FileName, exception.Message, line: 1);
        }

        staged.IgnoredColumns = csv.Ignored;
        staged.Read = await StagedWrite.CopyAsync(connection, file.Rows, csv.StageAsync, staged.Errors, cancellationToken);
        await ExecuteAsync($"ANALYZE {file.Rows.StagedRows}", cancellationToken);
        if (RosterTarget.IgnoredSql(file) is { } sql)
        {
            await using var count = Command(sql);
            staged.Ignored = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        }

        return staged;
    }

    /// <summary>Has rows go with those that they refer to, where these are to be deleted.</summary>
    public async Task MarkDependentsAsync(IReadOnlyList<StagedFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (RosterTarget.CascadeSql(file.File) is { } sql)
            {
                var found = await ReadAsync(sql, cancellationToken);
                file.Warnings.AddRange(found.OrderBy(row => row.Line).Select(row => new RosterNote(file.File.FileName, row.Line, row.Field, row.Reason)));
            }
        }
    }

    /// <summary>Finds the rows of a file that break what must be so; the files before it are written by now.</summary>
    public static Task CheckAsync(StagedFile file, CancellationToken cancellationToken) =>
        file.Read == 0 ? Task.CompletedTask : file.Session.FindRejectsAsync(ImportMode.Upsert, file.Errors, cancellationToken);

    /// <summary>Writes what a table takes of a file's rows.</summary>
    public async Task MoveAsync(RosterTarget target, StagedFile file, CancellationToken cancellationToken)
    {
        var definition = catalog.Find(target.Entity);
        var session = Session(definition);
        await session.BeginAsync(cancellationToken);
        await session.LockAsync(cancellationToken);
        file.Translated += await ExecuteAsync(target.TranslateSql, cancellationToken);
        await ExecuteAsync($"ANALYZE {definition.StagedRows}; DISCARD PLANS", cancellationToken);
        if (target.ReplaceSql is { } replace)
        {
            await ExecuteAsync(replace, cancellationToken);
        }

        for (var attempt = 1; ; attempt++)
        {
            var (written, exception) = await session.TryMoveAsync(new ImportRequest(ImportMode.Upsert), cancellationToken);
            if (exception is null)
            {
                file.Written += written;
                return;
            }

            var errors = new RowErrors(options.MaxListedRejects);
            await session.FindRejectsAsync(ImportMode.Upsert, errors, cancellationToken);
            if (errors.Rows > 0)
            {
                file.Errors.AddAll(errors.Rows, errors.Listed.Select(reject => reject with { Field = NameIn(target, reject.Field) }));
                return;
            }

            if (attempt == MaxAttempts)
            {
                throw new ProblemException(
                    StatusCodes.Status409Conflict, "The rows cannot be written.",
                    $"{file.File.FileName}: {target.Entity} was changed at the same time ({exception.ConstraintName}). Try again.");
            }
        }
    }

    /// <summary>Takes away what a table has of the file's rows that are to be deleted.</summary>
    public async Task RemoveAsync(RosterTarget target, StagedFile file, CancellationToken cancellationToken)
    {
        if (file.Read == 0)
        {
            return;
        }

        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            file.Removed += await ExecuteAsync(target.RemoveSql, cancellationToken);
        }
        catch (PostgresException exception) when (exception is
        {
            SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation, TableName: { } table,
        })
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken);
            var found = await ReadAsync(target.StillReferencedSql(table), cancellationToken);
            if (found.Count == 0)
            {
                throw RosterResult.Wrong(file.File.FileName, $"rows that are to be deleted are still referenced by {table}");
            }

            file.Errors.AddAll(found.Count, found.Take(options.MaxListedRejects));
        }
    }

    private static string? NameIn(RosterTarget target, string? field) => field is null ? null : target.Fields.GetValueOrDefault(field, field);

    private StagingSession Session(ImportDefinition definition) => new(connection, transaction, definition, options);

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<RowReject>> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<RowReject>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new RowReject(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }

        return rows;
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction) { CommandTimeout = options.StatementTimeoutSeconds };
}
