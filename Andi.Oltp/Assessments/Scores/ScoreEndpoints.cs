using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Oltp.Assessments.Scores;

/// <summary><c>/v1/scores</c>: record, correct, remove and read one score.</summary>
internal static class ScoreEndpoints
{
    private const string Thing = "score";

    public static void MapScores(this IEndpointRouteBuilder v1)
    {
        var scores = v1.MapGroup("/scores").WithTags("scores");
        scores.MapPost("", PostAsync)
            .WithName("post-score")
            .WithSummary("Record a score.")
            .WithDescription(
                "School, district, state, subject and grade are filled in from the teacher, the test and the student as of now. There is one score per " +
                "student, test and school year. With a scoreId of the caller's, a repeated request is answered 200 and changes nothing.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        scores.MapPut("/{scoreId}", PutAsync)
            .WithName("put-score")
            .WithSummary("Correct a score.")
            .WithDescription("Replaces it whole. What was filled in stays as recorded, unless the correction names another teacher, test or student.")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        scores.MapGet("/{scoreId}", GetAsync)
            .WithName("get-score")
            .WithSummary("Read a score.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        scores.MapDelete("/{scoreId}", DeleteAsync)
            .WithName("delete-score")
            .WithSummary("Remove a score.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<Score>, Ok<Score>>> PostAsync(
        ScoreBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, IdSource ids, CancellationToken cancellationToken)
    {
        Validate(body);
        var (score, created) = await write.RunAsync(
            http.Response,
            async (db, ct) =>
            {
                var now = await ScoreSurroundings.ReadAsync(db, body, ct);
                if (now.IsRecorded && await db.Scores.FindAsync([body.ScoreId], ct) is { } found)
                {
                    body.Apply(found);
                    return db.Entry(found).State == Microsoft.EntityFrameworkCore.EntityState.Unchanged
                        ? (found, false)
                        : throw ProblemException.Conflict($"There is another score with id '{body.ScoreId}' already.", "scoreId");
                }

                now.ThrowIfUnknown(body);
                return (db.Add(Create(body, body.ScoreId ?? ids.Next(), now)).Entity, true);
            },
            cancellationToken);
        return created ? TypedResults.Created($"/v1/scores/{score.ScoreId}", score) : TypedResults.Ok(score);
    }

    private static async Task<Ok<Score>> PutAsync(
        string scoreId, ScoreBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken)
    {
        Validate(body);
        if (body.ScoreId is not null && body.ScoreId != scoreId)
        {
            throw ProblemException.Invalid(new Dictionary<string, string[]> { ["scoreId"] = ["is not the one of the path"] });
        }

        return TypedResults.Ok(await write.RunAsync(
            http.Response,
            async (db, ct) =>
            {
                var score = await FindAsync(db, scoreId, ct);
                if ((score.TeacherId, score.TestId, score.StudentId) != (body.TeacherId, body.TestId, body.StudentId))
                {
                    var now = await ScoreSurroundings.ReadAsync(db, body, ct);
                    now.ThrowIfUnknown(body);
                    FillChanged(score, body, now);
                }

                body.Apply(score);
                return score;
            },
            cancellationToken));
    }

    private static async Task<Ok<Score>> GetAsync(string scoreId, AssessmentsDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await FindAsync(db, scoreId, cancellationToken));

    private static async Task<NoContent> DeleteAsync(
        string scoreId, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken)
    {
        await write.RunAsync(http.Response, async (db, ct) => db.Remove(await FindAsync(db, scoreId, ct)), cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Validate(ScoreBody body)
    {
        var errors = new FieldErrors();
        body.Validate(errors);
        errors.ThrowIfAny();
    }

    private static Score Create(ScoreBody body, string scoreId, ScoreSurroundings now) => new()
    {
        ScoreId = scoreId,
        StudentId = body.StudentId!,
        TeacherId = body.TeacherId!,
        TestId = body.TestId!,
        SchoolYear = body.SchoolYear!,
        TestDate = body.TestDate!.Value,
        OverallScore = body.OverallScore!.Value,
        OverallPerformanceLevel = (short)body.OverallPerformanceLevel!.Value,
        DimensionScores = body.DimensionScores ?? [],
        SchoolId = now.SchoolId!,
        DistrictId = now.DistrictId!,
        StateId = now.StateId!,
        Subject = now.Subject!,
        Grade = now.Grade!,
    };

    private static void FillChanged(Score score, ScoreBody body, ScoreSurroundings now)
    {
        if (score.TeacherId != body.TeacherId)
        {
            (score.SchoolId, score.DistrictId, score.StateId) = (now.SchoolId!, now.DistrictId!, now.StateId!);
        }

        score.Subject = score.TestId == body.TestId ? score.Subject : now.Subject!;
        score.Grade = score.StudentId == body.StudentId ? score.Grade : now.Grade!;
    }

    private static async Task<Score> FindAsync(AssessmentsDbContext db, string scoreId, CancellationToken cancellationToken) =>
        TextRules.Id(System.Text.Encoding.UTF8.GetBytes(scoreId)) is null && await db.Scores.FindAsync([scoreId], cancellationToken) is { } score
            ? score
            : throw ProblemException.NotFound(Thing, scoreId);
}
