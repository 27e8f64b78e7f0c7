using Andi.Oltp.Access;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Security;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Areas.Assessments;

/// <summary>Tests, and students' scores in them.</summary>
internal sealed class AssessmentsArea : SubjectArea<AssessmentsDbContext>
{
    public override string Name => "assessments";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override IReadOnlyList<IFieldList> Records => [TestBody.Fields, ScoreBody.Fields];

    public override IReadOnlyList<TableRule> TableAccess =>
    [
        .. TableRule.OfCatalogue(TestBody.Fields.Table),
        .. SchoolsAccess.OfRecords(ScoreBody.Fields.Table),
        // Those whom a teacher gave a score are students of that classroom, whether or not there are classes.
        new(Roles.Teacher, StudentBody.Fields.Table, TableRule.Reading, "student_id = ANY (ARRAY(SELECT student_id FROM public.scores))"),
    ];

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) => [TestBody.DefineImport(), ScoreRules.DefineImport(ids)];

    public override void MapEndpoints(RouteGroupBuilder v1)
    {
        v1.MapKeyed<AssessmentsDbContext, TestBody, Test>(TestBody.Fields, "test");
        v1.MapScores();
        v1.MapScorePlaces();
    }
}

public sealed class AssessmentsDbContext(DbContextOptions<AssessmentsDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapForeignRecord(TeacherBody.Fields);
        modelBuilder.MapForeignRecord(StudentBody.Fields);
        TestBody.Configure(modelBuilder.MapRecord(TestBody.Fields));
        ScoreBody.Configure(modelBuilder.MapRecord(ScoreBody.Fields));
        modelBuilder.Entity<Score>().HasListIndex(nameof(Score.TestId)).HasListIndex(nameof(Score.SchoolYear));
    }
}
