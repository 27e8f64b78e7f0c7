using Andi.Oltp.Assessments.Schools;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Assessments.Teachers;

internal sealed class TeacherConfiguration : IEntityTypeConfiguration<Teacher>
{
    public void Configure(EntityTypeBuilder<Teacher> builder)
    {
        builder.ToTable("teachers", table =>
        {
            table.HasIdCheck("teacher_id");
            table.HasTextCheck("name", AssessmentRules.NameLength);
            table.HasCheckConstraint("ck_teachers_email", @"email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND char_length(email) <= 254");
        });
        builder.HasKey(teacher => teacher.TeacherId).HasName("pk_teachers");
        builder.Property(teacher => teacher.TeacherId).HasColumnName("teacher_id");
        builder.Property(teacher => teacher.Name).HasColumnName("name");
        builder.Property(teacher => teacher.SchoolId).HasColumnName("school_id");
        builder.Property(teacher => teacher.Email).HasColumnName("email");
        builder.HasOne<School>().WithMany().HasForeignKey(teacher => teacher.SchoolId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_teachers_school_id");
        builder.HasIndex(teacher => teacher.SchoolId).HasDatabaseName("ix_teachers_school_id");
    }
}
