namespace Andi.AnalyticsApi.Coaching;

/// <summary>What was measured in some sessions, of which there is at least one.</summary>
internal abstract record LessonMeasures
{
    public long SessionCount { get; init; }

    /// <summary>Their length.</summary>
    public double TotalMinutes { get; init; }

    public double AvgStudentCount { get; init; }

    /// <summary>0 to 100.</summary>
    public double AvgCiqScore { get; init; }

    /// <summary>Of the whole population.</summary>
    public double CiqScoreStdDev { get; init; }

    /// <summary>0 to 100.</summary>
    public double AvgEquityScore { get; init; }

    public double MedianEquityScore { get; init; }

    /// <summary>After a question, before the teacher goes on.</summary>
    public double AvgWaitTimeSeconds { get; init; }

    /// <summary>0 to 100.</summary>
    public double AvgStudentEngagement { get; init; }

    /// <summary>The teacher's share of the talk, 0 to 1.</summary>
    public double AvgTeacherTalkRatio { get; init; }

    /// <summary>Open questions of all, 0 to 1; null where none was asked.</summary>
    public double? OpenQuestionShare { get; init; }
}
