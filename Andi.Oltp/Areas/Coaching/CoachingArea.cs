using Andi.Oltp.Access;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Areas.Coaching;

/// <summary>What is observed in teachers' classrooms (CIQ sessions), what they use of the resources, and what they do in the community.</summary>
internal sealed class CoachingArea : SubjectArea<CoachingDbContext>
{
    public override string Name => "coaching";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override IReadOnlyList<IFieldList> Records =>
        [ResourceBody.Fields, CiqSessionBody.Fields, ResourceUseBody.Fields, CommunityActivityBody.Fields];

    public override IReadOnlyList<TableRule> TableAccess =>
    [
        .. TableRule.OfCatalogue(ResourceBody.Fields.Table),
        .. SchoolsAccess.OfRecords(CiqSessionBody.Fields.Table, ResourceUseBody.Fields.Table, CommunityActivityBody.Fields.Table),
    ];

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) =>
    [
        CiqSessionBody.Fields.DefineRecordedImport(ids, [TeacherPlace.Columns]),
        ResourceBody.Fields.DefineKeyedImport(),
        ResourceUseBody.Fields.DefineRecordedImport(ids, [TeacherPlace.Columns], naturalKey: null, ResourceUseBody.RatingWithRate),
        CommunityActivityBody.Fields.DefineRecordedImport(ids, [TeacherPlace.Columns]),
    ];

    public override void MapEndpoints(RouteGroupBuilder v1)
    {
        v1.MapRecords(CiqSessionBody.Fields, "ciq-sessions", "CIQ session");
        v1.MapKeyed<CoachingDbContext, ResourceBody, Resource>(ResourceBody.Fields, "resource");
        v1.MapRecords(ResourceUseBody.Fields, "resource-usage", "use of a resource");
        v1.MapRecords(CommunityActivityBody.Fields, "community-activity", "community activity");
    }
}

public sealed class CoachingDbContext(DbContextOptions<CoachingDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapForeignRecord(TeacherBody.Fields);
        modelBuilder.MapRecord(ResourceBody.Fields);
        modelBuilder.MapRecord(CiqSessionBody.Fields).HasTeacher();
        modelBuilder.MapRecord(CommunityActivityBody.Fields).HasTeacher();
        ResourceUseBody.Configure(modelBuilder.MapRecord(ResourceUseBody.Fields));
    }
}
