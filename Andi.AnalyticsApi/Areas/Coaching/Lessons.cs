using System.ComponentModel;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Mvc;

namespace Andi.AnalyticsApi.Areas.Coaching;

/// <summary>Which lessons a question is about.</summary>
internal sealed record LessonFilter
{
    [FromQuery(Name = "subject")]
    [Description("A subject; omitted: all.")]
    public string? Subject { get; init; }

    [FromQuery(Name = "grade")]
    [Description("A grade; omitted: all.")]
    public string? Grade { get; init; }

    /// <summary>As the queries' parameters <c>subject</c> and <c>grade</c>, with the given one before them.</summary>
    public ClickHouseParameters With(string name, string? value) => new() { { name, value }, { "subject", Subject }, { "grade", Grade } };
}

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
