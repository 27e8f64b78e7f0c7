using System.Text.Json.Serialization;
using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Distributions;

/// <summary>How often a score was reached.</summary>
internal sealed record ScoreFrequency(double Score, long Count);

internal sealed record ScoreDistribution(IReadOnlyList<ScoreFrequency> Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScoreFrequency))]
internal sealed partial class DistributionsJson : JsonSerializerContext;

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
        area.MapGet(route, (string id, [AsParameters] ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken) =>
                DistributionAsync(query, parameter, kind, id, filter, questions, cancellationToken))
            .WithSummary($"How often each score was reached in a {level}, ascending.");
    }

    private static async Task<Results<Ok<ScoreDistribution>, ProblemHttpResult>> DistributionAsync<T>(
        WarehouseQuery query, string parameter, EntityKind<T> kind, string id, ScoreFilter filter, ScoreQuestions questions, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await questions.AskAsync(
            kind, id, filter, query, filter.With(parameter, id), DistributionsJson.Default.ScoreFrequency, cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(new ScoreDistribution(answer.Rows));
    }
}
