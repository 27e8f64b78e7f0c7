using Andi.Oltp.Requests.Records;

namespace Andi.Oltp.Coaching.Sessions;

/// <summary>A lesson that was observed, and its Classroom Impact Quotient.</summary>
public sealed class CiqSession : IPlaced
{
    public required string SessionId { get; init; }

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
