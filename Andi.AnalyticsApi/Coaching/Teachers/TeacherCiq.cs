namespace Andi.AnalyticsApi.Coaching.Teachers;

/// <summary>A day of a teacher.</summary>
internal sealed record TeacherDay : LessonMeasures
{
    public DateOnly Day { get; init; }

    /// <summary>Of the sessions of the 28 days up to this one, of those asked for.</summary>
    public double AvgCiqScore28Days { get; init; }
}

/// <summary>How far a teacher has come. Changes are those from the first month with sessions to the last one.</summary>
internal sealed record TeacherProgress : LessonMeasures
{
    public DateOnly FirstDay { get; init; }

    public DateOnly LastDay { get; init; }

    public double CiqScoreChange { get; init; }

    public double EquityScoreChange { get; init; }

    public double WaitTimeSecondsChange { get; init; }

    public double StudentEngagementChange { get; init; }

    /// <summary>Points that the CIQ score rises in a week, by least squares; null where all sessions were on one day.</summary>
    public double? CiqScorePerWeek { get; init; }
}

/// <summary>How a teacher's work develops. Progress is null where there is no session.</summary>
/// <param name="SchoolId">The teacher's school now.</param>
internal sealed record TeacherCiq(string TeacherId, string TeacherName, string SchoolId, TeacherProgress? Progress, IReadOnlyList<TeacherDay> Items);

/// <summary>A month's wait time after questions. Changes are null in the first month.</summary>
/// <param name="WaitTimeSecondsStdDev">Of the whole population.</param>
/// <param name="ChangeSincePrevious">Seconds, since the month before that has sessions.</param>
/// <param name="ChangeSinceFirst">Seconds.</param>
internal sealed record WaitTimeMonth(
    DateOnly Month, long SessionCount, double AvgWaitTimeSeconds, double WaitTimeSecondsStdDev, double? ChangeSincePrevious, double? ChangeSinceFirst);

internal sealed record TeacherWaitTime(string TeacherId, string TeacherName, IReadOnlyList<WaitTimeMonth> Items);

/// <summary>The equity of lessons at one level: <c>teacher</c>, <c>school</c> or <c>district</c>.</summary>
/// <param name="Q1EquityScore">First quartile.</param>
/// <param name="Q3EquityScore">Third quartile.</param>
/// <param name="EquityScoreStdDev">Of the whole population.</param>
internal sealed record EquityLevel(
    string Level, string Id, long SessionCount, double AvgEquityScore, double MedianEquityScore, double Q1EquityScore, double Q3EquityScore, double EquityScoreStdDev);

internal sealed record TeacherEquity(string TeacherId, string TeacherName, IReadOnlyList<EquityLevel> Items);
