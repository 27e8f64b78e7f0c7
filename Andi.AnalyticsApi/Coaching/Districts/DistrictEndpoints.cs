using Andi.AnalyticsApi.Assessments;
using Andi.AnalyticsApi.Assessments.Distributions;
using Andi.AnalyticsApi.Requests;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Coaching.Districts;

internal static class DistrictEndpoints
{
    private static readonly WarehouseQuery Trend = WarehouseQuery.Of(CoachingEndpoints.Area, "district_trend");
    private static readonly WarehouseQuery Executive = WarehouseQuery.Of(CoachingEndpoints.Area, "executive_dashboard");
    private static readonly WarehouseQuery Correlations = WarehouseQuery.Of(CoachingEndpoints.Area, "district_engagement");
    private static readonly WarehouseQuery Distribution = WarehouseQuery.Of(CoachingEndpoints.Area, "district_equity_distribution");
    private static readonly WarehouseQuery Schools = WarehouseQuery.Of(CoachingEndpoints.Area, "district_equity_schools");

    public static void MapDistrictCoaching(this IEndpointRouteBuilder area)
    {
        area.MapGet("/districts/{districtId}/ciq", CiqAsync).WithSummary("A district's dashboard, and the trend month by month.");
        area.MapGet("/districts/{districtId}/ciq/engagement", EngagementAsync).WithSummary("How engagement goes with CIQ score and wait time, by school and altogether.");
        area.MapGet("/districts/{districtId}/equity", EquityAsync).WithSummary("How equity scores are distributed in a district, and its schools beside it.");
    }

    private static async Task<Results<Ok<DistrictCiq>, ProblemHttpResult>> CiqAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if (period.Check() is { } invalid)
        {
            return invalid;
        }

        var dashboard = questions.RowsAsync<Dashboard>(
            Executive, period, new() { { "district", districtId }, { "state", (string?)null } }, cancellationToken);
        var (problem, district, months) = await questions.AboutAsync<District, DistrictMonth>(Entities.District, districtId, Trend, period, filter, cancellationToken);
        var whole = await dashboard;
        return problem is not null ? problem : TypedResults.Ok(new DistrictCiq(district.Id, district.Name, district.StateId, whole[0], months));
    }

    private static async Task<Results<Ok<DistrictEngagement>, ProblemHttpResult>> EngagementAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        var (problem, district, levels) = await questions.AboutAsync<District, Engagement>(
            Entities.District, districtId, Correlations, period, filter, cancellationToken);
        return problem is not null ? problem : TypedResults.Ok(new DistrictEngagement(district.Id, district.Name, levels));
    }

    private static async Task<Results<Ok<DistrictEquity>, ProblemHttpResult>> EquityAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if (period.Check() is { } invalid)
        {
            return invalid;
        }

        var scores = questions.RowsAsync<ScoreFrequency>(Distribution, period, filter.With("district", districtId), cancellationToken);
        var (problem, district, schools) = await questions.AboutAsync<District, SchoolEquity>(
            Entities.District, districtId, Schools, period, filter, cancellationToken);
        var distribution = await scores;
        return problem is not null ? problem : TypedResults.Ok(new DistrictEquity(district.Id, district.Name, district.StateId, distribution, schools));
    }
}
