using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Andi.Bench.Freshness;

/// <summary>Writes scores over HTTP by their numbers, as many a second as it is told: of ten seven are new and three correct one of some seconds before.</summary>
/// <param name="http">A client of the OLTP API.</param>
/// <param name="students">There are; each takes five tests.</param>
internal sealed class ScoreWriter(HttpClient http, int students)
{
    private const int Cycle = 10;
    private const int NewInCycle = 7;
    private const int CyclesUntilCorrected = 1_000;
    private const int StudentsPerClassroom = 30;
    private const int Tests = 5;

    /// <summary>Writes number <paramref name="number"/>, counted from 0.</summary>
    /// <returns>Whose classroom, which test, and the position to ask for.</returns>
    public async Task<WrittenScore> WriteAsync(long number, CancellationToken cancellationToken)
    {
        var (cycle, place) = Math.DivRem(number, Cycle);
        var isCorrection = place >= NewInCycle && cycle >= CyclesUntilCorrected;
        var score = isCorrection
            ? ((cycle - CyclesUntilCorrected) * NewInCycle) + ((place - NewInCycle) * 2)
            : place < NewInCycle ? (cycle * NewInCycle) + place : ((long)students * Tests) - 1 - (cycle * (Cycle - NewInCycle)) - (place - NewInCycle);
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
