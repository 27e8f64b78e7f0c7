using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Andi.Bench.School;

namespace Andi.Bench.Freshness;

/// <summary>
/// Writes scores over HTTP, new ones and corrections, by the numbers of the requests: either a score each, or those of a classroom in a test.
/// </summary>
/// <param name="http">A client of the OLTP API.</param>
/// <param name="students">There are; each takes five tests.</param>
/// <param name="requests">How many there will be.</param>
/// <param name="isByClassroom">Whether a request holds the scores of a whole classroom.</param>
internal sealed class ScoreWriter(HttpClient http, int students, long requests, bool isByClassroom)
{
    public const int StudentsPerClassroom = 30;

    private const int SecondsUntilCorrected = 5;
    private const int WritesPerSecond = 2_000;
    private const int Tests = 5;

    private readonly ScoreMix _mix = new(requests, SecondsUntilCorrected * WritesPerSecond / (isByClassroom ? StudentsPerClassroom : 1));

    /// <summary>Sends request <paramref name="number"/>, counted from 0.</summary>
    /// <returns>Whose classroom, which test, and the position to ask for.</returns>
    public async Task<WrittenScore> WriteAsync(long number, CancellationToken cancellationToken)
    {
        var (place, isCorrection) = _mix.Place(number);
        using var request = isByClassroom ? Classroom(place, number) : Single(place, number, isCorrection);
        using var answer = await http.SendAsync(request, cancellationToken);
        var first = isByClassroom ? place * StudentsPerClassroom : place;
        return answer.IsSuccessStatusCode
            ? new WrittenScore(TeacherOf(first), TestOf(first), answer.Headers.GetValues("Andi-Position").Single())
            : throw new InvalidOperationException($"Write {number} failed: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    private HttpRequestMessage Single(long score, long number, bool isCorrection) => new(
        isCorrection ? HttpMethod.Put : HttpMethod.Post, isCorrection ? $"v1/scores/bench-{score}" : "v1/scores")
    { Content = Json(Body(score, number)) };

    private HttpRequestMessage Classroom(long classroom, long number)
    {
        var first = classroom * StudentsPerClassroom;
        var scores = Enumerable.Range(0, StudentsPerClassroom).Select(student => Body(first + student, number + student));
        return new(HttpMethod.Post, "v1/scores/batch?mode=upsert") { Content = Json($"[{string.Join(',', scores)}]") };
    }

    private string Body(long score, long value)
    {
        var student = score % students;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"scoreId":"bench-{{{score}}}","studentId":"P{{{student + 1}}}","teacherId":"{{{TeacherOf(score)}}}","testId":"{{{TestOf(score)}}}",
            "schoolYear":"2025","testDate":"2025-10-{{{1 + (student % 28):00}}}","overallScore":{{{value * 7919 % 10_001 / 100m}}},
            "overallPerformanceLevel":{{{1 + (value % 4)}}},"dimensionScores":{"algebra":{{{value % 101}}},"geometry":{{{value * 7 % 101}}} } }
            """);
    }

    private string TeacherOf(long score) => $"T{(score % students / StudentsPerClassroom) + 1}";

    private string TestOf(long score) => $"M{(score / students % Tests) + 1}";

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}

/// <param name="TeacherId">Whose classroom the score is of.</param>
/// <param name="TestId">Of which test.</param>
/// <param name="Position">From which on it is to be seen.</param>
internal sealed record WrittenScore(string TeacherId, string TestId, string Position);
