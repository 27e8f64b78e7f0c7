using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Andi.Oltp.Imports.Copy;
using Andi.Oltp.Requests;

namespace Andi.Oltp.Coaching.Sessions;

/// <summary>A CIQ session as it is written. School, district and state are filled in from the teacher.</summary>
public sealed record CiqSessionBody : CoachingBody<CiqSession>
{
    private static readonly string Query = TeacherSurroundings.Query(CiqSessionImport.Table, "session_id");

    /// <summary>Made by the server where it is not given. Giving one makes a repeated request harmless.</summary>
    public string? SessionId { get; init; }

    [Required]
    public string? Subject { get; init; }

    /// <summary>For example <c>5</c> or <c>K</c>; a JSON number is taken as its text.</summary>
    [Required]
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Grade { get; init; }

    /// <summary>With its offset from UTC, from 1970 to 2099; what is finer than a microsecond is cut off.</summary>
    [Required]
    [JsonConverter(typeof(UtcInstantConverter))]
    public DateTime? StartedAt { get; init; }

    [Required]
    [Range(0, 86_400)]
    public int? DurationSeconds { get; init; }

    [Required]
    [Range(0, int.MaxValue)]
    public int? StudentCount { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    [Required]
    [Range(0, 100)]
    public decimal? CiqScore { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    [Required]
    [Range(0, 100)]
    public decimal? EquityScore { get; init; }

    /// <summary>0 to 9999.99, at most two decimal places.</summary>
    [Required]
    [Range(0, 9_999.99)]
    public decimal? WaitTimeSeconds { get; init; }

    /// <summary>0 to 100, at most two decimal places.</summary>
    [Required]
    [Range(0, 100)]
    public decimal? StudentEngagement { get; init; }

    /// <summary>0 to 1, at most four decimal places.</summary>
    [Required]
    [Range(0, 1)]
    public decimal? TeacherTalkRatio { get; init; }

    [Required]
    [Range(0, int.MaxValue)]
    public int? OpenQuestions { get; init; }

    [Required]
    [Range(0, int.MaxValue)]
    public int? ClosedQuestions { get; init; }

    protected override string SurroundingsQuery => Query;

    protected override int ContentColumns => CiqSessionImport.Content.Length;

    public override string? GivenId() => SessionId;

    public override CiqSession Create(string id, TeacherSurroundings now) => new()
    {
        SessionId = id,
        TeacherId = TeacherId!,
        Subject = Subject!,
        Grade = Grade!,
        StartedAt = StartedAt!.Value,
        DurationSeconds = DurationSeconds!.Value,
        StudentCount = StudentCount!.Value,
        CiqScore = CiqScore!.Value,
        EquityScore = EquityScore!.Value,
        WaitTimeSeconds = WaitTimeSeconds!.Value,
        StudentEngagement = StudentEngagement!.Value,
        TeacherTalkRatio = TeacherTalkRatio!.Value,
        OpenQuestions = OpenQuestions!.Value,
        ClosedQuestions = ClosedQuestions!.Value,
        SchoolId = now.SchoolId!,
        DistrictId = now.DistrictId!,
        StateId = now.StateId!,
    };

    public override void Apply(CiqSession record)
    {
        record.TeacherId = TeacherId!;
        record.Subject = Subject!;
        record.Grade = Grade!;
        record.StartedAt = StartedAt!.Value;
        record.DurationSeconds = DurationSeconds!.Value;
        record.StudentCount = StudentCount!.Value;
        record.CiqScore = CiqScore!.Value;
        record.EquityScore = EquityScore!.Value;
        record.WaitTimeSeconds = WaitTimeSeconds!.Value;
        record.StudentEngagement = StudentEngagement!.Value;
        record.TeacherTalkRatio = TeacherTalkRatio!.Value;
        record.OpenQuestions = OpenQuestions!.Value;
        record.ClosedQuestions = ClosedQuestions!.Value;
    }

    protected override void ValidateContent(FieldErrors errors)
    {
        errors.OptionalText("sessionId", SessionId, TextRules.Id);
        errors.Text("subject", Subject, TextRules.Subject);
        errors.Text("grade", Grade, TextRules.Grade);
        errors.Instant("startedAt", StartedAt, InstantRule.Recorded);
        errors.Number("durationSeconds", DurationSeconds, CoachingRules.Duration);
        errors.Number("studentCount", StudentCount, CoachingRules.Count);
        errors.Number("ciqScore", CiqScore, NumberRule.Percentage);
        errors.Number("equityScore", EquityScore, NumberRule.Percentage);
        errors.Number("waitTimeSeconds", WaitTimeSeconds, CoachingRules.WaitTime);
        errors.Number("studentEngagement", StudentEngagement, NumberRule.Percentage);
        errors.Number("teacherTalkRatio", TeacherTalkRatio, CoachingRules.TalkRatio);
        errors.Number("openQuestions", OpenQuestions, CoachingRules.Count);
        errors.Number("closedQuestions", ClosedQuestions, CoachingRules.Count);
    }

    protected override void StageContent(CopyRow copy)
    {
        copy.Text(Subject!);
        copy.Text(Grade!);
        copy.Instant(StartedAt!.Value);
        copy.WholeNumber(DurationSeconds!.Value);
        copy.WholeNumber(StudentCount!.Value);
        copy.Numeric(CiqScore!.Value, NumberRule.Percentage);
        copy.Numeric(EquityScore!.Value, NumberRule.Percentage);
        copy.Numeric(WaitTimeSeconds!.Value, CoachingRules.WaitTime);
        copy.Numeric(StudentEngagement!.Value, NumberRule.Percentage);
        copy.Numeric(TeacherTalkRatio!.Value, CoachingRules.TalkRatio);
        copy.WholeNumber(OpenQuestions!.Value);
        copy.WholeNumber(ClosedQuestions!.Value);
    }
}
