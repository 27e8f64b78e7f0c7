using Andi.AnalyticsApi.Access;
using Andi.AnalyticsApi.Areas.Schools;
using Andi.AnalyticsApi.Search;

namespace Andi.AnalyticsApi.Areas.Assessments;

/// <summary>Student scores: classrooms, schools, districts and states.</summary>
internal sealed class AssessmentsArea : SubjectArea
{
    public const string FolderName = "assessments";

    public override string Name => FolderName;

    public override IReadOnlyList<string> DependsOn => [SchoolsArea.FolderName];

    public override IReadOnlyList<PlaceKind> Places => [AssessmentsAccess.StudentsOfScores];

    public override IReadOnlyList<PlaceRule> Policy => AssessmentsAccess.Rules;

    public override IReadOnlyList<SearchSource> Searched => AssessmentsSearch.Sources;

    public override void AddServices(IServiceCollection services) => services.AddSingleton<DistrictsOfState>().AddSingleton<StudentsOfClassroom>()
        .AddSingleton<GradeTotals>().AddScoped<ProtectedQuestions>().AddScoped<AveragesBesideStudent>();

    public override void Map(IEndpointRouteBuilder v1)
    {
        var area = v1.MapGroup("").WithTags("Assessments");
        area.MapClassroomScores();
        area.MapClassroomStudents();
        area.MapSchoolScores();
        area.MapDistrictScores();
        area.MapComparisons();
        area.MapDimensionScores();
        area.MapScoreDistributions();
        area.MapScoreTrends();
        area.MapTestsOfPlaces();
        area.MapStudentScores();
        area.MapTestsList();
        area.MapSchoolYearsList();
    }
}
