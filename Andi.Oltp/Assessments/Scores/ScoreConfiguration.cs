using System.Text.Json;
using Andi.Oltp.Assessments.Students;
using Andi.Oltp.Assessments.Teachers;
using Andi.Oltp.Assessments.Tests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Assessments.Scores;

internal sealed class ScoreConfiguration : IEntityTypeConfiguration<Score>
{
    // Two decimal places, 0 to 100, whatever the names; the whole rule is one expression, so no function is needed that could be replaced under the rows.
    private const string DimensionScoresCheck =
        "jsonb_typeof(dimension_scores) = 'object' AND NOT jsonb_path_exists(dimension_scores, " +
        """'strict $.* ? (@.type() != "number" || @ < 0 || @ > 100 || (@ * 100) % 1 != 0)')""";

    private const string SchoolYearCheck =
        "CASE WHEN school_year ~ '^[0-9]{4}-[0-9]{4}$' THEN right(school_year, 4)::int = left(school_year, 4)::int + 1 ELSE school_year ~ '^[0-9]{4}$' END";

    public void Configure(EntityTypeBuilder<Score> builder)
    {
        builder.ToTable("scores", table =>
        {
            table.HasIdCheck("score_id");
            table.HasCheckConstraint("ck_scores_school_year", SchoolYearCheck);
            table.HasCheckConstraint("ck_scores_test_date", "test_date BETWEEN '1970-01-01' AND '2099-12-31'");
            table.HasCheckConstraint("ck_scores_overall_score", "overall_score BETWEEN 0 AND 100");
            table.HasCheckConstraint("ck_scores_overall_performance_level", "overall_performance_level BETWEEN 1 AND 4");
            table.HasCheckConstraint("ck_scores_dimension_scores", DimensionScoresCheck);
        });
        builder.HasKey(score => score.ScoreId).HasName("pk_scores");
        builder.Property(score => score.ScoreId).HasColumnName("score_id");
        builder.Property(score => score.StudentId).HasColumnName("student_id");
        builder.Property(score => score.TestId).HasColumnName("test_id");
        builder.Property(score => score.SchoolYear).HasColumnName("school_year");
        builder.Property(score => score.TestDate).HasColumnName("test_date");
        builder.Property(score => score.OverallScore).HasColumnName("overall_score").HasColumnType("numeric(5,2)");
        builder.Property(score => score.OverallPerformanceLevel).HasColumnName("overall_performance_level");
        builder.Property(score => score.DimensionScores).HasColumnName("dimension_scores").HasColumnType("jsonb").HasConversion(
            scores => JsonSerializer.Serialize(scores, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, decimal>>(json, JsonSerializerOptions.Default)!,
            new ValueComparer<Dictionary<string, decimal>>(
                (left, right) => left!.Count == right!.Count && !left.Except(right).Any(),
                scores => scores.Count,
                scores => new Dictionary<string, decimal>(scores)));
        builder.HasPlace("scores");
        builder.Property(score => score.Subject).HasColumnName("subject");
        builder.Property(score => score.Grade).HasColumnName("grade");

        builder.HasOne<Student>().WithMany().HasForeignKey(score => score.StudentId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_scores_student_id");
        builder.HasOne<Teacher>().WithMany().HasForeignKey(score => score.TeacherId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_scores_teacher_id");
        builder.HasOne<Test>().WithMany().HasForeignKey(score => score.TestId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_scores_test_id");
        builder.HasIndex(score => new { score.StudentId, score.TestId, score.SchoolYear }).IsUnique()
            .HasDatabaseName("uq_scores_student_id_test_id_school_year");
        builder.HasIndex(score => score.TestId).HasDatabaseName("ix_scores_test_id");
    }
}
