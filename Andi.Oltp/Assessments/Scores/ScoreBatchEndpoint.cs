using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Andi.Oltp.Assessments.Scores;

/// <summary><c>POST /v1/scores/batch</c>: as an import, with a JSON array instead of a file.</summary>
internal static class ScoreBatchEndpoint
{
    private const int MaxScores = 10_000;

    // The ids of the batch's scores, in its order; those that were there already keep theirs.
    private const string ScoreIdsSql = """
        SELECT scores.score_id FROM import_scores JOIN scores USING (student_id, test_id, school_year) ORDER BY line
        """;

    public static void MapScoreBatch(this IEndpointRouteBuilder v1) => v1.MapPost("/scores/batch", PostAsync)
        .WithTags("scores")
        .WithName("post-scores")
        .WithSummary("Record up to 10,000 scores, all or none.")
        .WithDescription(
            "Errors are listed by index: [3].overallScore is that of the fourth score. mode=upsert replaces the score of the same scoreId or, where none is " +
            "given, of the same student, test and school year.")
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>What became of a batch.</summary>
    /// <param name="Read">Scores in the batch.</param>
    /// <param name="Written">Scores inserted or changed.</param>
    /// <param name="Unchanged">Scores that were there already, the same.</param>
    /// <param name="ScoreIds">Their ids, in the order of the batch.</param>
    internal sealed record BatchResult(long Read, long Written, long Unchanged, IReadOnlyList<string> ScoreIds);

    private static async Task<Created<BatchResult>> PostAsync(
        List<ScoreBody?> batch,
        string? mode,
        HttpContext http,
        ImportCatalog catalog,
        StagedWrite write,
        IdSource ids,
        CancellationToken cancellationToken)
    {
        var importMode = QueryChoice.Read("mode", mode, ImportMode.Insert);
        Validate(batch);
        var scoreIds = new List<string>(batch.Count);
        var (result, position) = await write.RunAsync(
            catalog.Find("scores"), importMode, ImportErrorMode.Abort, StageAsync, async (connection, ct) => await ReadIdsAsync(connection, scoreIds, ct), cancellationToken);
        if (position is null)
        {
            throw Rejected(result);
        }

        http.Response.Headers[CommitPosition.HeaderName] = position;
        return TypedResults.Created((string?)null, new BatchResult(result.Read, result.Written, result.Unchanged, scoreIds));

        async Task<long> StageAsync(CopyRow copy, RowErrors errors, Func<ValueTask> flush, CancellationToken ct)
        {
            for (var index = 0; index < batch.Count; index++)
            {
                ScoreImport.Write(batch[index]!, index, ids.Next(), copy);
                await flush();
            }

            return batch.Count;
        }
    }

    private static void Validate(List<ScoreBody?> batch)
    {
        var errors = new FieldErrors();
        if (batch.Count > MaxScores)
        {
            errors.Add("body", $"has {batch.Count} scores; at most {MaxScores} can be sent at once");
            errors.ThrowIfAny();
        }

        for (var index = 0; index < batch.Count; index++)
        {
            if (batch[index] is { } body)
            {
                errors.Prefix = $"[{index}].";
                body.Validate(errors);
            }
            else
            {
                errors.Prefix = "";
                errors.Add($"[{index}]", FieldErrors.Required);
            }
        }

        errors.ThrowIfAny();
    }

    private static async Task ReadIdsAsync(NpgsqlConnection connection, List<string> scoreIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ScoreIdsSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            scoreIds.Add(reader.GetString(0));
        }
    }

    // 409 where all that is wrong is that scores are there already, as for a single score; else 400.
    private static ProblemException Rejected(ImportResult result)
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
            $"{result.Rejected} of {result.Read} scores were rejected; nothing was written.")
        {
            Errors = errors,
        };
    }
}
