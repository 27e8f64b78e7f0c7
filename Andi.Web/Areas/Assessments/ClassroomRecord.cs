using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Andi.Web.Apis;
using Andi.Web.Layout;
using Andi.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Andi.Web.Areas.Assessments;

/// <summary>What was typed for the students of a classroom: all of it is recorded, or nothing.</summary>
/// <param name="TestDate">Of all rows.</param>
/// <param name="Rows">By student.</param>
public sealed record TypedScores(string? TestDate, IReadOnlyDictionary<string, TypedScore> Rows);

/// <summary>What the form of a classroom's new scores posts to.</summary>
internal static partial class ClassroomRecord
{
    /// <summary>Fields of the form: four for each of a few thousand students.</summary>
    public const int MaxValues = 20_000;

    /// <summary>The field of nothing having been typed.</summary>
    public const string Empty = "rows";

    /// <summary>What a problem calls a field of a student's row.</summary>
    public static string FieldOf(string studentId, string field) => $"{field} {studentId}";

    public static async Task<IResult> RecordAsync(
        string teacherId, [FromQuery] string? testId, [FromQuery] string? schoolYear, [FromQuery] string? returnUrl, [FromForm] IFormCollection form,
        WriteApi api, CancellationToken cancellationToken)
    {
        var typed = Read(form);
        var filled = typed.Rows.Where(row => row.Value.Status != TypedScore.Scored || !string.IsNullOrWhiteSpace(row.Value.OverallScore)).ToList();
        var problem = filled.Count == 0
            ? new ApiProblem(StatusCodes.Status400BadRequest, null, new Dictionary<string, string[]> { [Empty] = [] })
            : (await api.PostAsync(
                "v1/scores/batch",
                new JsonArray([.. filled.Select(row => row.Value.Body(row.Key, teacherId, testId ?? "", schoolYear ?? ""))]),
                cancellationToken)).Problem;
        return problem is null
            ? TypedResults.LocalRedirect(LocalPath.Of(
                returnUrl ?? ApiPath.With(ApiPath.Of($"/classrooms/{teacherId}"), ("schoolYear", schoolYear), ("testId", testId))))
            : FormAnswer.With<RecordScores>(
                problem.Status,
                (nameof(RecordScores.TeacherId), teacherId),
                (nameof(RecordScores.Typed), typed),
                (nameof(RecordScores.Problem), problem with { Errors = ByStudent(problem.Errors, [.. filled.Select(row => row.Key)]) }));
    }

    /// <summary>The API names rows by their place in the batch, the form by their student. What is wrong with all rows alike stands once.</summary>
    internal static IReadOnlyDictionary<string, string[]> ByStudent(IReadOnlyDictionary<string, string[]> errors, IReadOnlyList<string> students)
    {
        var found = new Dictionary<string, string[]>();
        foreach (var (field, reasons) in errors)
        {
            var match = InRow().Match(field);
            if (!match.Success || int.Parse(match.Groups["row"].Value, CultureInfo.InvariantCulture) is var row && row >= students.Count)
            {
                found[field] = reasons;
                continue;
            }

            var name = match.Groups["field"].Value;
            // Of a student who has a score in that test and year already the API names all three.
            var isOfStudent = errors.GetValueOrDefault($"[{row}].studentId") is { } same && same.SequenceEqual(reasons);
            found.TryAdd(
                name is "testId" or "schoolYear" or "teacherId" && isOfStudent ? FieldOf(students[row], "studentId")
                : name is "testId" or "schoolYear" or "teacherId" or "testDate" ? name
                : FieldOf(students[row], name),
                reasons);
        }

        return found;
    }

    private static TypedScores Read(IFormCollection form)
    {
        var (students, statuses, scores, levels) = (form["studentId"], form["status"], form["overallScore"], form["overallPerformanceLevel"]);
        var rows = new Dictionary<string, TypedScore>(StringComparer.Ordinal);
        for (var place = 0; place < Math.Min(Math.Min(students.Count, statuses.Count), Math.Min(scores.Count, levels.Count)); place++)
        {
            rows[students[place] ?? ""] = new TypedScore(statuses[place], scores[place], levels[place], form["testDate"], []);
        }

        return new TypedScores(form["testDate"], rows);
    }

    [GeneratedRegex(@"^\[(?<row>\d{1,9})\]\.(?<field>.+)$")]
    private static partial Regex InRow();
}
