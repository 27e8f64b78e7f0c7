using Andi.Oltp.Imports.Batches;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Oltp.Assessments.Scores;

/// <summary><c>POST /v1/scores/batch</c>: as an import, with a JSON array instead of a file.</summary>
internal static class ScoreBatchEndpoint
{
    private static readonly BatchTarget Target = new(
        "scores", "scores", "SELECT scores.score_id FROM import_scores JOIN scores USING (student_id, test_id, school_year) ORDER BY line");

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
        List<ScoreBody?> batch, string? mode, HttpContext http, BatchWrite write, CancellationToken cancellationToken)
    {
        var written = await write.RunAsync(Target, batch, mode, http.Response, cancellationToken);
        return TypedResults.Created((string?)null, new BatchResult(written.Read, written.Written, written.Unchanged, written.Ids));
    }
}
