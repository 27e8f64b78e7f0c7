using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Oltp.Areas.Assessments;

/// <summary><c>/v1/scores</c>: record, correct, remove and read one score, or record many.</summary>
internal static class ScoreEndpoints
{
    private static readonly RecordCalls<AssessmentsDbContext, Score, ScoreBody, ScoreReferences> Calls = new("scores", "score", "scoreId");

    private static readonly BatchTarget Batch = new(
        "scores", "scores", "SELECT scores.score_id FROM import_scores JOIN scores USING (student_id, test_id, school_year) ORDER BY line");

    public static void MapScores(this IEndpointRouteBuilder v1)
    {
        var scores = v1.MapGroup("/scores").WithTags("scores");
        v1.MapList<AssessmentsDbContext, ScoreBody, Score>(ScoreBody.Fields, "scores");
        scores.MapPost(
                "",
                (ScoreBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, IdSource ids, CancellationToken cancellationToken) =>
                    Calls.PostAsync(body, http.Response, write, ids, cancellationToken))
            .WithName("post-score")
            .Needs(Actions.Write, ScoreBody.Fields.Table)
            .WithSummary("Record a score.")
            .WithDescription(
                "School, district, state and grade are filled in from the teacher and the student as of now. There is one score per " +
                "student, test and school year. With a scoreId of the caller's, a repeated request is answered 200 and changes nothing.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        scores.MapPut(
                "/{scoreId}",
                (string scoreId, ScoreBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken) =>
                    Calls.PutAsync(scoreId, body, http, write, cancellationToken))
            .WithName("put-score")
            .Needs(Actions.Write, ScoreBody.Fields.Table)
            .WithSummary("Correct a score.")
            .WithDescription("Replaces it whole. What was filled in stays as recorded, unless the correction names another teacher, test or student.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        scores.MapGet(
                "/{scoreId}",
                (string scoreId, HttpContext http, AssessmentsDbContext db, CancellationToken cancellationToken) =>
                    Calls.GetAsync(scoreId, http, db, cancellationToken))
            .WithName("get-score")
            .Needs(Actions.Read, ScoreBody.Fields.Table)
            .WithSummary("Read a score.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ReadsRowsOf(ScoreBody.Fields);
        scores.MapDelete("/{scoreId}", (string scoreId, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken) =>
                Calls.DeleteAsync(scoreId, http, write, cancellationToken))
            .WithName("delete-score")
            .Needs(Actions.Write, ScoreBody.Fields.Table)
            .WithSummary("Remove a score.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        v1.MapPost("/scores/batch", PostBatchAsync)
            .WithTags("scores")
            .WithName("post-scores")
            .Needs(Actions.Write, ScoreBody.Fields.Table)
            .WithSummary("Record up to 10,000 scores, all or none.")
            .WithDescription(
                "Errors are listed by index: [3].overallScore is that of the fourth score. mode=upsert replaces the score of the same scoreId or, " +
                "where none is given, of the same student, test and school year.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>The result of a batch.</summary>
    /// <param name="Read">Scores in the batch.</param>
    /// <param name="Written">Scores inserted or changed.</param>
    /// <param name="Unchanged">Scores that were there already, the same.</param>
    /// <param name="ScoreIds">Their ids, in the order of the batch.</param>
    internal sealed record BatchResult(long Read, long Written, long Unchanged, IReadOnlyList<string> ScoreIds);

    private static async Task<Created<BatchResult>> PostBatchAsync(
        List<ScoreBody?> batch, string? mode, HttpContext http, BatchWrite write, CancellationToken cancellationToken)
    {
        var written = await write.RunAsync(Batch, batch, mode, http.Response, cancellationToken);
        return TypedResults.Created((string?)null, new BatchResult(written.Read, written.Written, written.Unchanged, written.Ids));
    }
}
