using Andi.Oltp.Coaching.Resources;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Coaching.Usage;

internal sealed class ResourceUseConfiguration : IEntityTypeConfiguration<ResourceUse>
{
    public void Configure(EntityTypeBuilder<ResourceUse> builder)
    {
        builder.ToTable(ResourceUseImport.Table, table =>
        {
            table.HasIdCheck("usage_id");
            table.HasChoiceCheck("action", CoachingRules.UsageActions);
            table.HasNumberCheck("duration_seconds", CoachingRules.Duration);
            table.HasNumberCheck("rating", CoachingRules.Rating);
            table.HasCheckConstraint("ck_resource_usage_rating_with_rate", $"(action = '{CoachingRules.Rate}') = (rating IS NOT NULL)");
            table.HasInstantCheck("occurred_at", InstantRule.Recorded);
        });
        builder.HasKey(use => use.UsageId).HasName("pk_resource_usage");
        builder.Property(use => use.UsageId).HasColumnName("usage_id");
        builder.Property(use => use.ResourceId).HasColumnName("resource_id");
        builder.Property(use => use.Action).HasColumnName("action");
        builder.Property(use => use.DurationSeconds).HasColumnName("duration_seconds");
        builder.Property(use => use.Rating).HasColumnName("rating");
        builder.Property(use => use.OccurredAt).HasColumnName("occurred_at");
        builder.HasPlace(ResourceUseImport.Table);
        builder.HasOne<Resource>().WithMany().HasForeignKey(use => use.ResourceId).OnDelete(DeleteBehavior.Restrict)
            .HasConstraintName("fk_resource_usage_resource_id");
        builder.HasIndex(use => use.ResourceId).HasDatabaseName("ix_resource_usage_resource_id");
    }
}
