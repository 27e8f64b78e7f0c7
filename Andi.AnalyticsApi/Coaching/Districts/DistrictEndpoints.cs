using Andi.AnalyticsApi.Assessments;
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

        var months = questions.RowsAsync(Trend, period, filter.With("district", districtId), DistrictCoachingJson.Default.DistrictMonth, cancellationToken);
        var dashboard = questions.RowsAsync(
            Executive, period, new() { { "district", districtId }, { "state", (string?)null } }, DistrictCoachingJson.Default.Dashboard, cancellationToken);
        var finding = questions.FindAsync(Entities.District, districtId, cancellationToken);
        await Task.WhenAll(months, dashboard, finding);
        return await finding is { } district
            ? TypedResults.Ok(new DistrictCiq(district.Id, district.Name, district.StateId, (await dashboard)[0], await months))
            : Problem.NotFound(Entities.District.Thing, districtId);
    }

    private static async Task<Results<Ok<DistrictEngagement>, ProblemHttpResult>> EngagementAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if (period.Check() is { } invalid)
        {
            return invalid;
        }

        var asking = questions.RowsAsync(Correlations, period, filter.With("district", districtId), DistrictCoachingJson.Default.Engagement, cancellationToken);
        var finding = questions.FindAsync(Entities.District, districtId, cancellationToken);
        await Task.WhenAll(asking, finding);
        return await finding is { } district
            ? TypedResults.Ok(new DistrictEngagement(district.Id, district.Name, await asking))
            : Problem.NotFound(Entities.District.Thing, districtId);
    }

    private static async Task<Results<Ok<DistrictEquity>, ProblemHttpResult>> EquityAsync(
        string districtId, [AsParameters] Period period, [AsParameters] LessonFilter filter, CoachingQuestions questions, CancellationToken cancellationToken)
    {
        if (period.Check() is { } invalid)
        {
            return invalid;
        }

        var scores = questions.RowsAsync(Distribution, period, filter.With("district", districtId), DistrictCoachingJson.Default.ScoreFrequency, cancellationToken);
        var schools = questions.RowsAsync(Schools, period, filter.With("district", districtId), DistrictCoachingJson.Default.SchoolEquity, cancellationToken);
        var finding = questions.FindAsync(Entities.District, districtId, cancellationToken);
        await Task.WhenAll(scores, schools, finding);
        return await finding is { } district
            ? TypedResults.Ok(new DistrictEquity(district.Id, district.Name, district.StateId, await scores, await schools))
            : Problem.NotFound(Entities.District.Thing, districtId);
    }
}
