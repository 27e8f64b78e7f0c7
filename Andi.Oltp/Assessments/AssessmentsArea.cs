using Andi.Oltp.Areas;
using Andi.Oltp.Assessments.Districts;
using Andi.Oltp.Assessments.Schools;
using Andi.Oltp.Assessments.Scores;
using Andi.Oltp.Assessments.Students;
using Andi.Oltp.Assessments.Teachers;
using Andi.Oltp.Assessments.Tests;
using Andi.Oltp.Imports;
using Andi.Oltp.Requests;
using Andi.Oltp.Storage;

namespace Andi.Oltp.Assessments;

/// <summary>Students' scores in tests, and the schools, teachers and students they belong to.</summary>
public sealed class AssessmentsArea : SubjectArea<AssessmentsDbContext>
{
    public override string Name => "assessments";

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) => AssessmentImports.Define(ids);

    public override void MapEndpoints(RouteGroupBuilder v1)
    {
        v1.MapKeyed<AssessmentsDbContext, District, DistrictBody>("districts", "district");
        v1.MapKeyed<AssessmentsDbContext, School, SchoolBody>("schools", "school");
        v1.MapKeyed<AssessmentsDbContext, Teacher, TeacherBody>("teachers", "teacher");
        v1.MapKeyed<AssessmentsDbContext, Student, StudentBody>("students", "student");
        v1.MapKeyed<AssessmentsDbContext, Test, TestBody>("tests", "test");
        v1.MapScores();
        v1.MapScoreBatch();
    }
}
