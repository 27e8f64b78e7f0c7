using Andi.Oltp.Coaching.Community;
using Andi.Oltp.Coaching.Resources;
using Andi.Oltp.Coaching.Sessions;
using Andi.Oltp.Coaching.Usage;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Coaching;

/// <summary>The area's own tables. Those that it refers to in another area, the teachers, are named in the migration only: that area's model has them.</summary>
public sealed class CoachingDbContext(DbContextOptions<CoachingDbContext> options) : DbContext(options)
{
    public DbSet<CiqSession> Sessions => Set<CiqSession>();

    public DbSet<Resource> Resources => Set<Resource>();

    public DbSet<ResourceUse> Usage => Set<ResourceUse>();

    public DbSet<CommunityActivity> Activity => Set<CommunityActivity>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfiguration(new CiqSessionConfiguration())
        .ApplyConfiguration(new ResourceConfiguration())
        .ApplyConfiguration(new ResourceUseConfiguration())
        .ApplyConfiguration(new CommunityActivityConfiguration());
}
