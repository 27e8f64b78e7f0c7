using System.Globalization;
using Andi.IntegrationTests.Warehouse.Assessments;

namespace Andi.IntegrationTests.Warehouse.Coaching;

/// <summary>A row that happened at a time and place.</summary>
internal interface IEvent
{
    string TeacherId { get; }

    DateTime At { get; }

    string SchoolId { get; }

    string DistrictId { get; }
}

/// <summary>A row of PostgreSQL's table ciq_sessions, as the tests know it.</summary>
internal sealed record SessionRow(
    string SessionId,
    string TeacherId,
    string Subject,
    string Grade,
    DateTime At,
    int Seconds,
    int Students,
    decimal Ciq,
    decimal Equity,
    decimal Wait,
    decimal Engagement,
    decimal Talk,
    int Open,
    int Closed,
    string SchoolId,
    string DistrictId) : IEvent
{
    public static Dictionary<string, object?> Columns(SessionRow row) => new(CoachingRows.Place(row))
    {
        ["session_id"] = row.SessionId,
        ["subject"] = row.Subject,
        ["grade"] = row.Grade,
        ["started_at"] = CoachingRows.Text(row.At),
        ["duration_seconds"] = row.Seconds,
        ["student_count"] = row.Students,
        ["ciq_score"] = row.Ciq,
        ["equity_score"] = row.Equity,
        ["wait_time_seconds"] = row.Wait,
        ["student_engagement"] = row.Engagement,
        ["teacher_talk_ratio"] = row.Talk,
        ["open_questions"] = row.Open,
        ["closed_questions"] = row.Closed,
    };
}

/// <summary>A row of PostgreSQL's table resource_usage.</summary>
internal sealed record UseRow(
    string UsageId, string ResourceId, string TeacherId, string Action, int? Seconds, int? Rating, DateTime At, string SchoolId, string DistrictId) : IEvent
{
    public static Dictionary<string, object?> Columns(UseRow row) => new(CoachingRows.Place(row))
    {
        ["usage_id"] = row.UsageId,
        ["resource_id"] = row.ResourceId,
        ["action"] = row.Action,
        ["duration_seconds"] = row.Seconds,
        ["rating"] = row.Rating,
        ["occurred_at"] = CoachingRows.Text(row.At),
    };
}

/// <summary>A row of PostgreSQL's table community_activity.</summary>
internal sealed record ActivityRow(string ActivityId, string TeacherId, string Kind, string Forum, DateTime At, string SchoolId, string DistrictId) : IEvent
{
    public static Dictionary<string, object?> Columns(ActivityRow row) => new(CoachingRows.Place(row))
    {
        ["activity_id"] = row.ActivityId,
        ["kind"] = row.Kind,
        ["forum"] = row.Forum,
        ["occurred_at"] = CoachingRows.Text(row.At),
    };
}

/// <summary>What the rows of the area have in common.</summary>
internal static class CoachingRows
{
    public const string State = "ST";

    public static Dictionary<string, object?> Place(IEvent row) => new()
    {
        ["teacher_id"] = row.TeacherId,
        ["school_id"] = row.SchoolId,
        ["district_id"] = row.DistrictId,
        ["state_id"] = State,
    };

    public static string Text(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public static bool Counts(this IEvent row) => row.Day() >= ScoreRow.OldestMonth;

    public static DateOnly Day(this IEvent row) => DateOnly.FromDateTime(row.At);

    /// <summary>Its Monday.</summary>
    public static DateOnly Week(this IEvent row) => Monday(row.Day());

    public static DateOnly Month(this IEvent row) => FirstOfMonth(row.Day());

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
