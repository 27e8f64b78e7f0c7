using System.Globalization;

namespace Andi.FaultCampaign.World;

/// <summary>A CIQ session with values drawn at random, as JSON and as a line of CSV.</summary>
internal sealed record SessionDraw(
    string SessionId, string TeacherId, string Subject, string Grade, DateTime StartedAt, int DurationSeconds, int StudentCount,
    decimal CiqScore, decimal EquityScore, decimal WaitTimeSeconds, decimal StudentEngagement, decimal TeacherTalkRatio,
    int OpenQuestions, int ClosedQuestions)
{
    public const string CsvHeader =
        "sessionId,teacherId,subject,grade,startedAt,durationSeconds,studentCount,ciqScore,equityScore,waitTimeSeconds,studentEngagement,teacherTalkRatio,"
        + "openQuestions,closedQuestions\n";

    /// <summary>
    /// Around the end of a month, which lies in the middle of a week: a correction must be able to move a session to another day, week and month.
    /// </summary>
    private static readonly DateTime From = new(2026, 3, 20, 0, 0, 0, DateTimeKind.Utc);

    public static SessionDraw Draw(Random random, SchoolWorld world, string sessionId) => new(
        sessionId,
        world.Teachers[random.Next(world.Teachers.Count)],
        SchoolWorld.SubjectOf(random.Next(2)),
        SchoolWorld.Grades[random.Next(SchoolWorld.Grades.Count)],
        DrawTime(random),
        random.Next(600, 3_601),
        random.Next(1, 33),
        Percentage(random),
        Percentage(random),
        random.Next(2_000) / 100m,
        Percentage(random),
        random.Next(10_001) / 10_000m,
        // One in four without questions.
        random.Next(4) == 0 ? 0 : random.Next(30),
        random.Next(4) == 0 ? 0 : random.Next(30));

    /// <summary>Also for what is not a session. A fifth of them in the last microsecond of a day or the first of the next.</summary>
    public static DateTime DrawTime(Random random) => random.Next(5) == 0
        ? From.AddDays(random.Next(1, 20)).AddMicroseconds(-random.Next(2))
        : From.AddMicroseconds(random.NextInt64(20L * 24 * 60 * 60 * 1_000_000));

    public static string DrawId(Random random, SchoolWorld world) => world.Sessions[random.Next(world.Sessions.Count)];

    public string ToCsv() => string.Create(
        CultureInfo.InvariantCulture,
        $"{SessionId},{TeacherId},{Subject},{Grade},{StartedAt:O},{DurationSeconds},{StudentCount},{CiqScore},{EquityScore},"
        + $"{WaitTimeSeconds},{StudentEngagement},{TeacherTalkRatio},{OpenQuestions},{ClosedQuestions}\n");

    private static decimal Percentage(Random random) => random.Next(10) == 0 ? 100 * random.Next(2) : random.Next(10_001) / 100m;
}
