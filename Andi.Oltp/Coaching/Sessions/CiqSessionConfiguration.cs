using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Coaching.Sessions;

internal sealed class CiqSessionConfiguration : IEntityTypeConfiguration<CiqSession>
{
    public void Configure(EntityTypeBuilder<CiqSession> builder)
    {
        builder.ToTable(CiqSessionImport.Table, table =>
        {
            table.HasIdCheck("session_id");
            table.HasTextCheck("subject", TextRules.SubjectLength);
            table.HasTextCheck("grade", TextRules.GradeLength);
            table.HasInstantCheck("started_at", InstantRule.Recorded);
            table.HasNumberCheck("duration_seconds", CoachingRules.Duration);
            table.HasNumberCheck("student_count", CoachingRules.Count);
            table.HasNumberCheck("ciq_score", NumberRule.Percentage);
            table.HasNumberCheck("equity_score", NumberRule.Percentage);
            table.HasNumberCheck("wait_time_seconds", CoachingRules.WaitTime);
            table.HasNumberCheck("student_engagement", NumberRule.Percentage);
            table.HasNumberCheck("teacher_talk_ratio", CoachingRules.TalkRatio);
            table.HasNumberCheck("open_questions", CoachingRules.Count);
            table.HasNumberCheck("closed_questions", CoachingRules.Count);
        });
        builder.HasKey(session => session.SessionId).HasName("pk_ciq_sessions");
        builder.Property(session => session.SessionId).HasColumnName("session_id");
        builder.Property(session => session.Subject).HasColumnName("subject");
        builder.Property(session => session.Grade).HasColumnName("grade");
        builder.Property(session => session.StartedAt).HasColumnName("started_at");
        builder.Property(session => session.DurationSeconds).HasColumnName("duration_seconds");
        builder.Property(session => session.StudentCount).HasColumnName("student_count");
        builder.Property(session => session.CiqScore).HasColumnName("ciq_score").HasColumnType("numeric(5,2)");
        builder.Property(session => session.EquityScore).HasColumnName("equity_score").HasColumnType("numeric(5,2)");
        builder.Property(session => session.WaitTimeSeconds).HasColumnName("wait_time_seconds").HasColumnType("numeric(6,2)");
        builder.Property(session => session.StudentEngagement).HasColumnName("student_engagement").HasColumnType("numeric(5,2)");
        builder.Property(session => session.TeacherTalkRatio).HasColumnName("teacher_talk_ratio").HasColumnType("numeric(5,4)");
        builder.Property(session => session.OpenQuestions).HasColumnName("open_questions");
        builder.Property(session => session.ClosedQuestions).HasColumnName("closed_questions");
        builder.HasPlace(CiqSessionImport.Table);
    }
}
