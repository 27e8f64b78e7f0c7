using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Coaching.Resources;

internal sealed class ResourceConfiguration : IEntityTypeConfiguration<Resource>
{
    public void Configure(EntityTypeBuilder<Resource> builder)
    {
        builder.ToTable("resources", table =>
        {
            table.HasIdCheck("resource_id");
            table.HasTextCheck("title", CoachingRules.TitleLength);
            table.HasTextCheck("kind", CoachingRules.ResourceKindLength);
            table.HasTextCheck("subject", TextRules.SubjectLength);
            table.HasTextCheck("grade_band", CoachingRules.GradeBandLength);
        });
        builder.HasKey(resource => resource.ResourceId).HasName("pk_resources");
        builder.Property(resource => resource.ResourceId).HasColumnName("resource_id");
        builder.Property(resource => resource.Title).HasColumnName("title");
        builder.Property(resource => resource.Kind).HasColumnName("kind");
        builder.Property(resource => resource.Subject).HasColumnName("subject");
        builder.Property(resource => resource.GradeBand).HasColumnName("grade_band");
    }
}
