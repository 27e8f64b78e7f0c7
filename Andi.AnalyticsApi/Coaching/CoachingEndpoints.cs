using Andi.AnalyticsApi.Coaching.Adoption;
using Andi.AnalyticsApi.Coaching.Community;
using Andi.AnalyticsApi.Coaching.Districts;
using Andi.AnalyticsApi.Coaching.Resources;
using Andi.AnalyticsApi.Coaching.Schools;
using Andi.AnalyticsApi.Coaching.Teachers;

namespace Andi.AnalyticsApi.Coaching;

/// <summary>Instructional coaching: observed lessons (CIQ sessions), resources and the teachers' community.</summary>
internal static class CoachingEndpoints
{
    /// <summary>The area's folder in Andi.Warehouse/Areas.</summary>
    public const string Area = "coaching";

    public static void AddCoaching(this IServiceCollection services) => services.AddScoped<CoachingQuestions>();

    public static void MapCoaching(this IEndpointRouteBuilder v1)
    {
        var area = v1.MapGroup("").WithTags("Coaching");
        area.MapTeacherCoaching();
        area.MapSchoolCoaching();
        area.MapDistrictCoaching();
        area.MapResourceUsage();
        area.MapCommunity();
        area.MapAdoption();
    }
}
