using Andi.AnalyticsApi.Assessments;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching.Schools;

internal static class SchoolEndpoints
{
    private static readonly WarehouseQuery Weekly = WarehouseQuery.Of(CoachingEndpoints.Area, "school_weekly");
    private static readonly WarehouseQuery Comparison = WarehouseQuery.Of(CoachingEndpoints.Area, "school_comparison");

    public static void MapSchoolCoaching(this IEndpointRouteBuilder area)
    {
        area.MapGet("/schools/{schoolId}/ciq", CiqAsync).WithSummary("The lessons of a school, week by week.");
        area.MapGet("/schools/rankings", RankingsAsync).WithSummary("How schools compare, best first.");
    }

    private static async Task<Results<Ok<SchoolCiq>, ProblemHttpResult>> CiqAsync(
        string schoolId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        var (problem, school, weeks) = await questions.AboutAsync<School, SchoolWeek>(Entities.School, schoolId, Weekly, period, filter, cancellationToken);
        return problem is not null ? problem : TypedResults.Ok(new SchoolCiq(school.Id, school.Name, school.DistrictId, weeks));
    }

    private static async Task<Results<Ok<SchoolRanking>, ProblemHttpResult>> RankingsAsync(
        string? districtId, string? stateId, [AsParameters] Period period, [AsParameters] LessonFilter filter, [AsParameters] RankingPage page, CoachingQuestions questions,
        CancellationToken cancellationToken)
    {
        if ((period.Check() ?? page.Check()) is { } invalid)
        {
            return invalid;
        }

        if ((await questions.UnknownAsync(Entities.District, districtId, cancellationToken) ?? await questions.UnknownAsync(Entities.State, stateId, cancellationToken)) is { } unknown)
        {
            return unknown;
        }

        var parameters = filter.With("district", districtId);
        parameters.Add("state", stateId);
        page.AddTo(parameters);
        return TypedResults.Ok(page.Of(await questions.RowsAsync<RankedSchool>(Comparison, period, parameters, cancellationToken)));
    }
}
