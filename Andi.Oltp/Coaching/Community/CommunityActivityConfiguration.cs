using Andi.Oltp.Requests;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Andi.Oltp.Coaching.Community;

internal sealed class CommunityActivityConfiguration : IEntityTypeConfiguration<CommunityActivity>
{
    public void Configure(EntityTypeBuilder<CommunityActivity> builder)
    {
        builder.ToTable(CommunityActivityImport.Table, table =>
        {
            table.HasIdCheck("activity_id");
            table.HasChoiceCheck("kind", CoachingRules.ActivityKinds);
            table.HasTextCheck("forum", CoachingRules.ForumLength);
            table.HasInstantCheck("occurred_at", InstantRule.Recorded);
        });
        builder.HasKey(activity => activity.ActivityId).HasName("pk_community_activity");
        builder.Property(activity => activity.ActivityId).HasColumnName("activity_id");
        builder.Property(activity => activity.Kind).HasColumnName("kind");
        builder.Property(activity => activity.Forum).HasColumnName("forum");
        builder.Property(activity => activity.OccurredAt).HasColumnName("occurred_at");
        builder.HasPlace(CommunityActivityImport.Table);
    }
}
