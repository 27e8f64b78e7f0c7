using Andi.Warehouse;
using Andi.Warehouse.Client;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Distributions;

internal static class DistributionEndpoints
{
    public static void MapDistributions(this IEndpointRouteBuilder area)
    {
        Map(area, "/classrooms/{id}/distribution", "classroom", "teacher", Entities.Teacher);
        Map(area, "/schools/{id}/distribution", "school", "school", Entities.School);
        Map(area, "/districts/{id}/distribution", "district", "district", Entities.District);
        Map(area, "/states/{id}/distribution", "state", "state", Entities.State);
    }

    private static void Map<T>(IEndpointRouteBuilder area, string route, string level, string parameter, EntityKind<T> kind)
        where T : class
    {
        var query = WarehouseQuery.Of(AssessmentsEndpoints.Area, $"{level}_distribution");
        area.MapGet(route, (string id, [AsParameters] ScoreFilter filter, ScoreQuestions questions, ClickHouseClient warehouse, CancellationToken cancellationToken) =>
                DistributionAsync(query, parameter, kind, id, filter, questions, warehouse, cancellationToken))
            .WithSummary($"How often each score was reached in a {level}, ascending.");
    }

    private static async Task<Results<Ok<ScoreDistribution>, ProblemHttpResult>> DistributionAsync<T>(
        WarehouseQuery query, string parameter, EntityKind<T> kind, string id, ScoreFilter filter, ScoreQuestions questions, ClickHouseClient warehouse,
        CancellationToken cancellationToken)
        where T : class
    {
        var answer = await questions.AskAsync(
            kind, id, filter, () => warehouse.ReadAsync(query.With(questions.At(filter.With(parameter, id))), ScoreDistribution.Read, cancellationToken), cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(new ScoreDistribution(answer.Rows));
    }
}
