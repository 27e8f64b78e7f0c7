using Andi.Oltp.Assessments.Districts;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Assessments.Schools;

internal sealed class SchoolConfiguration : IEntityTypeConfiguration<School>
{
    public void Configure(EntityTypeBuilder<School> builder)
    {
        builder.ToTable("schools", table =>
        {
            table.HasIdCheck("school_id");
            table.HasTextCheck("name", AssessmentRules.NameLength);
        });
        builder.HasKey(school => school.SchoolId).HasName("pk_schools");
        builder.Property(school => school.SchoolId).HasColumnName("school_id");
        builder.Property(school => school.Name).HasColumnName("name");
        builder.Property(school => school.DistrictId).HasColumnName("district_id");
        builder.HasOne<District>().WithMany().HasForeignKey(school => school.DistrictId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_schools_district_id");
        builder.HasIndex(school => school.DistrictId).HasDatabaseName("ix_schools_district_id");
    }
}
