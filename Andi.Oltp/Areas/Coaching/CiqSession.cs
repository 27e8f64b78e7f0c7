using System.Text.Json.Serialization;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Coaching;

/// <summary>A lesson that was observed, and its Classroom Impact Quotient.</summary>
public sealed class CiqSession : IHasSchoolHierarchy
{
    public required string SessionId { get; set; }

    public required string TeacherId { get; set; }

    public required string Subject { get; set; }

    /// <summary>For example <c>5</c> or <c>K</c>.</summary>
    public required string Grade { get; set; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTime StartedAt { get; set; }

    public required int DurationSeconds { get; set; }

    public required int StudentCount { get; set; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public required decimal CiqScore { get; set; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public required decimal EquityScore { get; set; }

    /// <summary>How long the teacher waits for an answer, on average; at most two decimal places.</summary>
    public required decimal WaitTimeSeconds { get; set; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public required decimal StudentEngagement { get; set; }

    /// <summary>The teacher's share of what is said: 0 to 1, at most four decimal places.</summary>
    public required decimal TeacherTalkRatio { get; set; }

    public required int OpenQuestions { get; set; }

    public required int ClosedQuestions { get; set; }

    /// <summary>The teacher's school when the session was recorded; like the two that follow it stays when the teacher moves later.</summary>
    public required string SchoolId { get; set; }

    public required string DistrictId { get; set; }

    public required string StateId { get; set; }
}

/// <summary>A CIQ session as it is written. School, district and state are filled in from the teacher.</summary>
public sealed record CiqSessionBody : CoachingBody<CiqSessionBody, CiqSession>
{
    /// <summary>Seconds of a session, or of a use of a resource: at most a day.</summary>
    internal static readonly NumberRule Duration = new(0, 86_400, 0);

    // Of things or people.
    private static readonly NumberRule Count = new(0, int.MaxValue, 0);

    internal static readonly FieldList<CiqSessionBody, CiqSession> Fields =
        new FieldList<CiqSessionBody, CiqSession>("ciq_sessions", "sessionId", body => body.SessionId, (session, id) => session.SessionId = id)
            .Reference("teacherId", body => body.TeacherId, (session, id) => session.TeacherId = id, "teachers")
            .Text("subject", body => body.Subject, (session, subject) => session.Subject = subject, SchoolRules.Subject)
            .Text("grade", body => body.Grade, (session, grade) => session.Grade = grade, SchoolRules.Grade)
            .Instant("startedAt", body => body.StartedAt, (session, instant) => session.StartedAt = instant, InstantRule.Recorded)
            .WholeNumber("durationSeconds", body => body.DurationSeconds, (session, seconds) => session.DurationSeconds = seconds, Duration)
            .WholeNumber("studentCount", body => body.StudentCount, (session, count) => session.StudentCount = count, Count)
            .Number("ciqScore", body => body.CiqScore, (session, score) => session.CiqScore = score, NumberRule.Percentage)
            .Number("equityScore", body => body.EquityScore, (session, score) => session.EquityScore = score, NumberRule.Percentage)
            .Number("waitTimeSeconds", body => body.WaitTimeSeconds, (session, seconds) => session.WaitTimeSeconds = seconds, new NumberRule(0, 9_999.99m, 2))
            .Number("studentEngagement", body => body.StudentEngagement, (session, share) => session.StudentEngagement = share, NumberRule.Percentage)
            .Number("teacherTalkRatio", body => body.TeacherTalkRatio, (session, ratio) => session.TeacherTalkRatio = ratio, new NumberRule(0, 1, 4))
            .WholeNumber("openQuestions", body => body.OpenQuestions, (session, count) => session.OpenQuestions = count, Count)
            .WholeNumber("closedQuestions", body => body.ClosedQuestions, (session, count) => session.ClosedQuestions = count, Count)
            .Happened(body => body.StartedAt is { } instant ? DateOnly.FromDateTime(instant) : null, "(started_at AT TIME ZONE 'UTC')::date");

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? SessionId { get; init; }

    public string? Subject { get; init; }

    /// <summary>For example <c>5</c> or <c>K</c>; a JSON number is taken as its text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Grade { get; init; }

    /// <summary>With its offset from UTC, from 1970 to 2099; what is finer than a microsecond is cut off.</summary>
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTime? StartedAt { get; init; }

    public int? DurationSeconds { get; init; }

    public int? StudentCount { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public decimal? CiqScore { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public decimal? EquityScore { get; init; }

    /// <summary>0 to 9999.99, at most two decimal places.</summary>
    public decimal? WaitTimeSeconds { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    public decimal? StudentEngagement { get; init; }

    /// <summary>0 to 1, at most four decimal places.</summary>
    public decimal? TeacherTalkRatio { get; init; }

    public int? OpenQuestions { get; init; }

    public int? ClosedQuestions { get; init; }

    internal override FieldList<CiqSessionBody, CiqSession> FieldList => Fields;
}
