using Andi.Oltp.Assessments.Schools;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Assessments.Students;

internal sealed class StudentConfiguration : IEntityTypeConfiguration<Student>
{
    public void Configure(EntityTypeBuilder<Student> builder)
    {
        builder.ToTable("students", table =>
        {
            table.HasIdCheck("student_id");
            table.HasTextCheck("name", AssessmentRules.NameLength);
            table.HasTextCheck("grade", TextRules.GradeLength);
        });
        builder.HasKey(student => student.StudentId).HasName("pk_students");
        builder.Property(student => student.StudentId).HasColumnName("student_id");
        builder.Property(student => student.Name).HasColumnName("name");
        builder.Property(student => student.Grade).HasColumnName("grade");
        builder.Property(student => student.SchoolId).HasColumnName("school_id");
        builder.HasOne<School>().WithMany().HasForeignKey(student => student.SchoolId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_students_school_id");
        builder.HasIndex(student => student.SchoolId).HasDatabaseName("ix_students_school_id");
    }
}
