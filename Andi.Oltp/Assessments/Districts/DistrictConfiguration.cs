using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Assessments.Districts;

internal sealed class DistrictConfiguration : IEntityTypeConfiguration<District>
{
    public void Configure(EntityTypeBuilder<District> builder)
    {
        builder.ToTable("districts", table =>
        {
            table.HasIdCheck("district_id");
            table.HasTextCheck("name", AssessmentRules.NameLength);
            table.HasIdCheck("state_id");
        });
        builder.HasKey(district => district.DistrictId).HasName("pk_districts");
        builder.Property(district => district.DistrictId).HasColumnName("district_id");
        builder.Property(district => district.Name).HasColumnName("name");
        builder.Property(district => district.StateId).HasColumnName("state_id");
    }
}
