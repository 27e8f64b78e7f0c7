using System.Globalization;

namespace Andi.IntegrationTests.Operations.ManySessions;

/// <summary>CSV files of CIQ sessions and of their corrections. A row depends on nothing but its index and the day.</summary>
internal sealed class SessionFiles(DateTime today)
{
    public const int Teachers = 2_000;
    public const int CorrectedOfAHundred = 3;

    public const string Header =
        "sessionId,teacherId,subject,grade,startedAt,durationSeconds,studentCount,ciqScore,equityScore,waitTimeSeconds,studentEngagement,teacherTalkRatio," +
        "openQuestions,closedQuestions";

    private const int Days = 1_000;
    private static readonly string[] Subjects = ["math", "reading", "Ümläut's"];

    /// <summary>As they are first.</summary>
    public static IEnumerable<int> All(int from, int count) => Enumerable.Range(from, count);

    /// <summary>Those that are corrected.</summary>
    public static IEnumerable<int> Corrected(int from, int count) => All(from, count).Where(index => index % 100 < CorrectedOfAHundred);

    public string Row(int index) => Csv(index, Draw(new Random(index)));

    /// <summary>
    /// One in three with other scores, one in three at another time, one in three with all of it another: the teacher, and so the place, too.
    /// </summary>
    public string CorrectedRow(int index)
    {
        var (first, again) = (Draw(new Random(index)), Draw(new Random(~index)));
        return Csv(index, (index % 100) switch
        {
            0 => first with { Ciq = again.Ciq, Equity = again.Equity, Wait = again.Wait, Engagement = again.Engagement, Talk = again.Talk },
            1 => first with { At = again.At },
            _ => again,
        });
    }

    private static string Csv(int index, Session session) => string.Create(
        CultureInfo.InvariantCulture,
        $"Q{index},T{session.Teacher},{session.Subject},{session.Grade},{session.At:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'},{session.Seconds},{session.Students},"
        + $"{session.Ciq},{session.Equity},{session.Wait},{session.Engagement},{session.Talk},{session.Open},{session.Closed}");

    private Session Draw(Random random) => new(
        random.Next(Teachers),
        Subjects[random.Next(Subjects.Length)],
        random.Next(3, 9),
        Time(random),
        random.Next(600, 3_600),
        random.Next(1, 40),
        random.Next(10_001) / 100m,
        random.Next(10_001) / 100m,
        random.Next(1_000_000) / 100m,
        random.Next(10_001) / 100m,
        random.Next(10_001) / 10_000m,
        random.Next(60),
        random.Next(90));

    // One in ten in the last microsecond of its day, which is that of a week or month, too, now and then.
    private DateTime Time(Random random)
    {
        var day = today.AddDays(-random.Next(Days));
        return random.Next(10) == 0 ? day.AddDays(1).AddMicroseconds(-1) : day.AddMicroseconds(random.NextInt64(24L * 60 * 60 * 1_000_000));
    }

    private sealed record Session(
        int Teacher, string Subject, int Grade, DateTime At, int Seconds, int Students, decimal Ciq, decimal Equity, decimal Wait, decimal Engagement,
        decimal Talk, int Open, int Closed);
}
