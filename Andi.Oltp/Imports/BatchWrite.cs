using Andi.Audit;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Sql;
using Npgsql;

namespace Andi.Oltp.Imports;

/// <summary>A JSON body of which many can be sent at once.</summary>
public interface IBatchBody
{
    /// <summary>Adds what is wrong with the body's own fields.</summary>
    void Validate(FieldErrors errors);

    /// <summary>Writes a validated body as a staged row: <paramref name="line"/> and the columns of its import's definition, in their order.</summary>
    /// <param name="newId">The id where the body gives none.</param>
    void Stage(CopyRow copy, long line, string newId);
}

/// <summary>Where a batch goes.</summary>
/// <param name="Entity">The import whose definition it follows.</param>
/// <param name="Plural">What the rows are called in messages.</param>
/// <param name="IdsSql">A query for the ids of the staged rows, in their order; rows that were there already have kept theirs.</param>
internal sealed record BatchTarget(string Entity, string Plural, string IdsSql);

/// <summary>The result of a batch.</summary>
/// <param name="Read">Rows in the batch.</param>
/// <param name="Written">Rows inserted or changed.</param>
/// <param name="Unchanged">Rows that were there already, the same.</param>
/// <param name="Ids">Their ids, in the order of the batch.</param>
internal sealed record WrittenBatch(long Read, long Written, long Unchanged, IReadOnlyList<string> Ids);

/// <summary>Writes a JSON array as an import writes a file: all of it or nothing, errors listed by index.</summary>
internal sealed class BatchWrite(ImportCatalog catalog, StagedWrite write, IdSource ids)
{
    private const int MaxRows = 10_000;

    /// <summary>Writes the batch and sets the header <c>Andi-Position</c> of <paramref name="response"/>.</summary>
    /// <param name="mode">As the caller gave it: <c>insert</c> where it is null, <c>upsert</c>, <c>keep</c>.</param>
    /// <exception cref="ProblemException">400, or 409 where all that is wrong is that rows are there already; nothing was written.</exception>
    public async Task<WrittenBatch> RunAsync<TBody>(
        BatchTarget target, IReadOnlyList<TBody?> batch, string? mode, HttpResponse response, CancellationToken cancellationToken)
        where TBody : class, IBatchBody
    {
        var importMode = QueryChoice.Read("mode", mode, ImportMode.Insert);
        Validate(target, batch);
        var writtenIds = new List<string>(batch.Count);
        var definition = catalog.Find(target.Entity);
        var (result, position) = await write.RunAsync(
            definition,
            new ImportRequest(importMode),
            StageAsync,
            AuditCaller.Of(response.HttpContext),
            async (connection, entry, ct) =>
            {
                writtenIds.AddRange(await ReadIdsAsync(connection, target.IdsSql, ct));
                var subjects = definition.SubjectColumn is { } subject
                    ? await ReadIdsAsync(connection, $"SELECT DISTINCT {subject} FROM {definition.StagedRows} ORDER BY 1", ct)
                    : [];
                return entry with { Records = AuditIds.Of(writtenIds), Subjects = AuditIds.Of(subjects) };
            },
            cancellationToken);
        if (position is null)
        {
            throw Rejected(target, result);
        }

        response.Headers[CommitPosition.HeaderName] = position;
        return new WrittenBatch(result.Read, result.Written, result.Unchanged, writtenIds);

        async Task<long> StageAsync(CopyRow copy, RowErrors errors, Func<ValueTask> flush, CancellationToken ct)
        {
            for (var index = 0; index < batch.Count; index++)
            {
                batch[index]!.Stage(copy, index, ids.Next());
                await flush();
            }

            return batch.Count;
        }
    }

    private static void Validate<TBody>(BatchTarget target, IReadOnlyList<TBody?> batch)
        where TBody : class, IBatchBody
    {
        var errors = new FieldErrors();
        if (batch.Count > MaxRows)
        {
            errors.Add("body", $"has {batch.Count} {target.Plural}; at most {MaxRows} can be sent at once");
            errors.ThrowIfAny();
        }

        for (var index = 0; index < batch.Count; index++)
        {
            if (batch[index] is { } body)
            {
                errors.Prefix = $"[{index}].";
                body.Validate(errors);
                IgnoredMembers.Refuse(body, errors);
            }
            else
            {
                errors.Prefix = "";
                errors.Add($"[{index}]", FieldErrors.Required);
            }
        }

        errors.ThrowIfAny();
    }

    private static async Task<List<string>> ReadIdsAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    // 409 where all that is wrong is that rows are there already, as for a single one; else 400.
    private static ProblemException Rejected(BatchTarget target, ImportResult result)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var reject in result.Rejects)
        {
            // What is a line to a file is an index here.
            var reason = reject.Reason.StartsWith(StagingCheck.SameAsLine, StringComparison.Ordinal)
                ? $"is the same as in [{reject.Reason[StagingCheck.SameAsLine.Length..]}]"
                : reject.Reason;
            foreach (var field in reject.Field!.Split(", "))
            {
                errors[$"[{reject.Line}].{field}"] = [reason];
            }
        }

        var onlyDuplicates = result.Rejects.All(reject => reject.Reason == StagingCheck.InTableAlready);
        return new ProblemException(
            onlyDuplicates ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest,
            onlyDuplicates ? "Conflict." : "The request is not valid.",
            $"{result.Rejected} of {result.Read} {target.Plural} were rejected; nothing was written.")
        {
            Errors = errors,
        };
    }
}
