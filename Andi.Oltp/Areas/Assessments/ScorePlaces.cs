using Andi.Audit;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Storage;
using Andi.Oltp.Validation;
using Andi.Security;
using Andi.Sql;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>
/// Which scores take over again what they took over when they were recorded. At least one of the lists chooses; what is given narrows the choice.
/// </summary>
/// <param name="Take">What is taken over from the records as they are now: grade of the student, school (with its district and state) of the teacher.</param>
/// <param name="ScoreIds">These scores.</param>
/// <param name="StudentIds">Scores of these students.</param>
/// <param name="TeacherIds">Scores of these teachers' classrooms.</param>
/// <param name="SchoolYear">Of this year only.</param>
/// <param name="TestId">Of this test only.</param>
public sealed record RecomputePlacesBody(
    IReadOnlyList<string>? Take,
    IReadOnlyList<string>? ScoreIds,
    IReadOnlyList<string>? StudentIds,
    IReadOnlyList<string>? TeacherIds,
    string? SchoolYear,
    string? TestId);

/// <param name="Chosen">Scores that were chosen.</param>
/// <param name="Changed">Of these, how many have another grade or school now.</param>
public sealed record RecomputedPlaces(int Chosen, int Changed);

/// <summary>
/// A score keeps the grade and the school of when it was recorded. Where these had been typed wrongly in the student or the teacher, past scores stay wrong
/// until somebody says which of them are to take over again: only a person knows a correction from a move.
/// </summary>
internal static class ScorePlaces
{
    private const int MaxIds = 10_000;
    private static readonly string[] Takes = ["grade", "school"];
    private static readonly string Sql = EmbeddedSql.Read("Areas/Assessments/Sql/recompute_places.sql");

    public static void MapScorePlaces(this IEndpointRouteBuilder v1) => v1.MapPost("/scores:recompute-places", RecomputeAsync)
        .WithTags("scores")
        .WithName("recompute-score-places")
        .Needs(Actions.Write, ScoreBody.Fields.Table)
        .WithSummary("Take the grade of the student or the school of the teacher, as they are now, over into past scores.")
        .WithDescription(
            "For records that had been wrong when the scores were recorded. At least one of scoreIds, studentIds and teacherIds chooses the scores; take "
            + "says what they take over: grade, school, or both. All in one transaction.")
        .ProducesValidationProblem();

    private static async Task<Ok<RecomputedPlaces>> RecomputeAsync(
        RecomputePlacesBody body, HttpContext http, WriteTransaction<AssessmentsDbContext> write, CancellationToken cancellationToken)
    {
        Check(body);
        object?[] parameters =
        [
            Texts(body.ScoreIds), Texts(body.StudentIds), Texts(body.TeacherIds), Text(SchoolRules.SchoolYear.Normalize(body.SchoolYear)), Text(body.TestId),
            body.Take!.Contains("grade"), body.Take!.Contains("school"),
        ];

        // A list, as a query that is composed further could not change anything.
        return TypedResults.Ok(await write.RunAsync(
            http.Response, async (db, ct) => (await db.Database.SqlQueryRaw<RecomputedPlaces>(Sql, parameters!).ToListAsync(ct)).Single(), cancellationToken,
            (recomputed, caller) => new AuditEntry(caller, AuditVerbs.Replace, ScoreBody.Fields.Table)
            {
                Records = AuditIds.Of(body.ScoreIds ?? []),
                Subjects = AuditIds.Of(body.StudentIds ?? []),
                Count = recomputed.Changed,
            }));

        static NpgsqlParameter Text(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
        static NpgsqlParameter Texts(IReadOnlyList<string>? texts) =>
            new() { Value = (object?)texts?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }

    private static void Check(RecomputePlacesBody body)
    {
        var errors = new FieldErrors();
        if (body.Take is not { Count: > 0 } || body.Take.Except(Takes).Any())
        {
            errors.Add("take", $"must be a list of {string.Join(" and ", Takes)}, or of one of them");
        }

        if (body is { ScoreIds: null, StudentIds: null, TeacherIds: null })
        {
            errors.Add("scoreIds", "is required where there are neither studentIds nor teacherIds");
        }

        foreach (var (field, ids) in new[] { ("scoreIds", body.ScoreIds), ("studentIds", body.StudentIds), ("teacherIds", body.TeacherIds) })
        {
            errors.Add(field, ids is { Count: 0 or > MaxIds } ? $"must be from 1 to {MaxIds} ids" : ids?.Contains(null!) == true ? "has a null" : null);
        }

        errors.OptionalText("schoolYear", SchoolRules.SchoolYear.Normalize(body.SchoolYear), SchoolRules.SchoolYear);
        errors.OptionalText("testId", body.TestId, TextRules.Id);
        errors.ThrowIfAny();
    }
}
