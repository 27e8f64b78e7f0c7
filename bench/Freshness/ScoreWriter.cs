using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Andi.Bench.School;

namespace Andi.Bench.Freshness;

/// <summary>Writes scores over HTTP, new ones and corrections, by their numbers.</summary>
/// <param name="http">A client of the OLTP API.</param>
/// <param name="students">There are; each takes five tests.</param>
/// <param name="writes">How many there will be.</param>
internal sealed class ScoreWriter(HttpClient http, int students, long writes)
{
    private const int UntilCorrected = 10_000;
    private const int StudentsPerClassroom = 30;
    private const int Tests = 5;

    private readonly ScoreMix _mix = new(writes, UntilCorrected);

    /// <summary>Writes number <paramref name="number"/>, counted from 0.</summary>
    /// <returns>Whose classroom, which test, and the position to ask for.</returns>
    public async Task<WrittenScore> WriteAsync(long number, CancellationToken cancellationToken)
    {
        var (score, isCorrection) = _mix.Place(number);
        var student = score % students;
        var teacher = $"T{(student / StudentsPerClassroom) + 1}";
        var test = $"M{(score / students % Tests) + 1}";
        var hundredths = (number * 7919 % 10_001) / 100m;
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"scoreId":"bench-{{{score}}}","studentId":"P{{{student + 1}}}","teacherId":"{{{teacher}}}","testId":"{{{test}}}","schoolYear":"2025","testDate":"2025-10-{{{1 + (student % 28):00}}}","overallScore":{{{hundredths}}},"overallPerformanceLevel":{{{1 + (number % 4)}}},"dimensionScores":{"algebra":{{{number % 101}}},"geometry":{{{number * 7 % 101}}} } }""");
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = isCorrection
            ? await http.PutAsync($"v1/scores/bench-{score}", content, cancellationToken)
            : await http.PostAsync("v1/scores", content, cancellationToken);
        return answer.IsSuccessStatusCode
            ? new WrittenScore(teacher, test, answer.Headers.GetValues("Andi-Position").Single())
            : throw new InvalidOperationException($"Write {number} failed: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}

/// <param name="TeacherId">Whose classroom the score is of.</param>
/// <param name="TestId">Of which test.</param>
/// <param name="Position">From which on it is to be seen.</param>
internal sealed record WrittenScore(string TeacherId, string TestId, string Position);
