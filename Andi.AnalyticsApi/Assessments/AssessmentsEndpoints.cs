using Andi.AnalyticsApi.Assessments.Classrooms;
using Andi.AnalyticsApi.Assessments.Comparisons;
using Andi.AnalyticsApi.Assessments.Dimensions;
using Andi.AnalyticsApi.Assessments.Distributions;
using Andi.AnalyticsApi.Assessments.Districts;
using Andi.AnalyticsApi.Assessments.Schools;
using Andi.AnalyticsApi.Assessments.Students;

namespace Andi.AnalyticsApi.Assessments;

/// <summary>Student scores: classrooms, schools, districts and states.</summary>
internal static class AssessmentsEndpoints
{
    /// <summary>The area's folder in Andi.Warehouse/Areas.</summary>
    public const string Area = "assessments";

    public static void AddAssessments(this IServiceCollection services) => services.AddSingleton<KnownEntities>().AddSingleton<DistrictsOfState>().AddSingleton<StudentsOfClassroom>().AddScoped<ScoreQuestions>();

    public static void MapAssessments(this IEndpointRouteBuilder v1)
    {
        var area = v1.MapGroup("").WithTags("Assessments");
        area.MapClassrooms();
        area.MapSchools();
        area.MapDistricts();
        area.MapComparisons();
        area.MapDimensions();
        area.MapDistributions();
        area.MapStudents();
    }
}
