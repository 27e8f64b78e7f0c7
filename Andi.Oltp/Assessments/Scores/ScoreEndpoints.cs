using Andi.Oltp.Requests.Records;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Assessments.Scores;

/// <summary><c>/v1/scores</c>: record, correct, remove and read one score.</summary>
internal static class ScoreEndpoints
{
    private static readonly RecordCalls<AssessmentsDbContext, Score, ScoreBody, ScoreSurroundings> Calls = new("scores", "score", "scoreId");

    public static void MapScores(this IEndpointRouteBuilder v1)
    {
        var scores = v1.MapGroup("/scores").WithTags("scores");
        scores.MapPost("", (ScoreBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, IdSource ids, CancellationToken cancellationToken) =>
                Calls.PostAsync(body, http.Response, write, ids, cancellationToken))
            .WithName("post-score")
            .WithSummary("Record a score.")
            .WithDescription(
                "School, district, state, subject and grade are filled in from the teacher, the test and the student as of now. There is one score per " +
                "student, test and school year. With a scoreId of the caller's, a repeated request is answered 200 and changes nothing.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        scores.MapPut("/{scoreId}", (string scoreId, ScoreBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken) =>
                Calls.PutAsync(scoreId, body, http.Response, write, cancellationToken))
            .WithName("put-score")
            .WithSummary("Correct a score.")
            .WithDescription("Replaces it whole. What was filled in stays as recorded, unless the correction names another teacher, test or student.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        scores.MapGet("/{scoreId}", (string scoreId, AssessmentsDbContext db, CancellationToken cancellationToken) => Calls.GetAsync(scoreId, db, cancellationToken))
            .WithName("get-score")
            .WithSummary("Read a score.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        scores.MapDelete("/{scoreId}", (string scoreId, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken) =>
                Calls.DeleteAsync(scoreId, http.Response, write, cancellationToken))
            .WithName("delete-score")
            .WithSummary("Remove a score.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }
}
