using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Assessments.Tests;

internal sealed class TestConfiguration : IEntityTypeConfiguration<Test>
{
    public void Configure(EntityTypeBuilder<Test> builder)
    {
        builder.ToTable("tests", table =>
        {
            table.HasIdCheck("test_id");
            table.HasTextCheck("name", AssessmentRules.NameLength);
            table.HasTextCheck("subject", TextRules.SubjectLength);
            table.HasCheckConstraint("ck_tests_max_score", "max_score > 0");
        });
        builder.HasKey(test => test.TestId).HasName("pk_tests");
        builder.Property(test => test.TestId).HasColumnName("test_id");
        builder.Property(test => test.Name).HasColumnName("name");
        builder.Property(test => test.Subject).HasColumnName("subject");
        builder.Property(test => test.MaxScore).HasColumnName("max_score").HasColumnType("numeric(7,2)");
    }
}
