using Andi.Security;
using Andi.Web.Apis;

namespace Andi.Web.Areas.Assessments;

/// <summary>A score as the write side keeps it.</summary>
public sealed record RecordedScore(string StudentId, string TeacherId, string TestId, string SchoolYear, DateOnly TestDate, double? OverallScore);

/// <summary>
/// What students had before the test that is shown. A teacher sees the whole history of her students, others what was recorded in their scope.
/// </summary>
internal sealed class EarlierScores(WriteApi oltp)
{
    private const int PageSize = 1000;
    private const int MostPages = 3;

    /// <summary>The year before, as <c>2024-2025</c>; null where the year is no such one.</summary>
    public static string? YearBefore(string year) => year.Length >= 4 && int.TryParse(year[..4], out var first) ? $"{first - 1}-{first}" : null;

    /// <summary>Scores of the year and of the one before, of a teacher's students as far as the visitor may see them; empty for who may see none.</summary>
    public async Task<IReadOnlyList<RecordedScore>> FindAsync(Caller visitor, string teacherId, string year, string testId)
    {
        var before = YearBefore(year);
        (string?, string?, string?)[] questions = visitor.Role switch
        {
            // Row-level security leaves a teacher her students.
            Roles.Teacher => [(null, year, null), (null, before, null)],
            Roles.SchoolAdmin => [(teacherId, year, null), (null, before, testId)],
            Roles.DistrictAdmin or Roles.StateAdmin or Roles.Admin => [(teacherId, year, null), (teacherId, before, null)],
            _ => [],
        };
        var answers = await Task.WhenAll(questions.Select(question => AllAsync(question.Item1, question.Item2, question.Item3)));
        return [.. answers.SelectMany(rows => rows)];
    }

    /// <summary>The last score of each student before the one in a test; only tests whose points can be compared.</summary>
    public static IReadOnlyDictionary<string, RecordedScore> Before(
        IReadOnlyList<RecordedScore> rows, string testId, string year, IReadOnlyCollection<TestScale> tests)
    {
        var shown = tests.FirstOrDefault(test => test.TestId == testId);
        var like = tests.Where(test => shown?.IsLike(test) == true).Select(test => test.TestId).ToHashSet();
        var days = rows.Where(row => row.TestId == testId && row.SchoolYear == year).GroupBy(row => row.StudentId)
            .ToDictionary(student => student.Key, student => student.Max(row => row.TestDate));
        return rows
            .Where(row => row.OverallScore is not null && like.Contains(row.TestId) && days.TryGetValue(row.StudentId, out var day) && row.TestDate < day)
            .GroupBy(row => row.StudentId).ToDictionary(student => student.Key, student => student.MaxBy(row => row.TestDate)!);
    }

    private async Task<IReadOnlyList<RecordedScore>> AllAsync(string? teacherId, string? year, string? testId)
    {
        var rows = new List<RecordedScore>();
        string? cursor = null;
        for (var page = 0; page < MostPages && year is not null; page++)
        {
            var path = ApiPath.With(
                "v1/scores", ("teacherId", teacherId), ("schoolYear", year), ("testId", testId), ("limit", $"{PageSize}"), ("cursor", cursor));
            if ((await oltp.GetAsync<Page<RecordedScore>>(path, default)).Value is not { } found)
            {
                break;
            }

            rows.AddRange(found.Items);
            cursor = found.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        return rows;
    }
}
