using Andi.Oltp.Areas;
using Andi.Oltp.Coaching.Community;
using Andi.Oltp.Coaching.Resources;
using Andi.Oltp.Coaching.Sessions;
using Andi.Oltp.Coaching.Usage;
using Andi.Oltp.Imports;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Coaching;

/// <summary>What is observed in teachers' classrooms (CIQ sessions), what they use of the resources, and what they do in the community.</summary>
public sealed class CoachingArea : SubjectArea<CoachingDbContext>
{
    // Migrated after the assessments, whose teachers the tables refer to: areas are migrated in the order of their names.
    public override string Name => "coaching";

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) =>
    [
        CiqSessionImport.Define(ids), ResourceImport.Define(), ResourceUseImport.Define(ids), CommunityActivityImport.Define(ids),
    ];

    public override void MapEndpoints(RouteGroupBuilder v1)
    {
        v1.MapRecords<CiqSession, CiqSessionBody>("ciq-sessions", "CIQ session", CiqSessionImport.Table, ("sessionId", "session_id"));
        v1.MapKeyed<CoachingDbContext, Resource, ResourceBody>("resources", "resource");
        v1.MapRecords<ResourceUse, ResourceUseBody>("resource-usage", "use of a resource", ResourceUseImport.Table, ("usageId", "usage_id"));
        v1.MapRecords<CommunityActivity, CommunityActivityBody>(
            "community-activity", "community activity", CommunityActivityImport.Table, ("activityId", "activity_id"));
    }
}
