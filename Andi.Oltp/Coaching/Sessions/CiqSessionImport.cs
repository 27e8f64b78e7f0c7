using Andi.Oltp.Imports;
using Andi.Oltp.Imports.Columns;
using Andi.Oltp.Imports.Staging;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Coaching.Sessions;

/// <summary>How many sessions at once are written, from a CSV file or from a JSON batch.</summary>
internal static class CiqSessionImport
{
    public const string Table = "ciq_sessions";

    public static readonly ImportColumn[] Content =
    [
        ValueColumn.Text("subject", "subject", TextRules.Subject),
        ValueColumn.Text("grade", "grade", TextRules.Grade),
        ValueColumn.Instant("startedAt", "started_at", InstantRule.Recorded),
        ValueColumn.WholeNumber("durationSeconds", "duration_seconds", CoachingRules.Duration),
        ValueColumn.WholeNumber("studentCount", "student_count", CoachingRules.Count),
        ValueColumn.Numeric("ciqScore", "ciq_score", NumberRule.Percentage),
        ValueColumn.Numeric("equityScore", "equity_score", NumberRule.Percentage),
        ValueColumn.Numeric("waitTimeSeconds", "wait_time_seconds", CoachingRules.WaitTime),
        ValueColumn.Numeric("studentEngagement", "student_engagement", NumberRule.Percentage),
        ValueColumn.Numeric("teacherTalkRatio", "teacher_talk_ratio", CoachingRules.TalkRatio),
        ValueColumn.WholeNumber("openQuestions", "open_questions", CoachingRules.Count),
        ValueColumn.WholeNumber("closedQuestions", "closed_questions", CoachingRules.Count),
    ];

    public static ImportDefinition Define(IdSource ids) => PlacedTable.Define(Table, "sessionId", "session_id", ids, Content);
}
