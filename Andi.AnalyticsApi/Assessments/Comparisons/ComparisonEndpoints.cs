using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

internal static class ComparisonEndpoints
{
    private static readonly WarehouseQuery Schools = WarehouseQuery.Of(AssessmentsEndpoints.Area, "district_schools");
    private static readonly WarehouseQuery Districts = WarehouseQuery.Of(AssessmentsEndpoints.Area, "state_districts");

    public static void MapComparisons(this IEndpointRouteBuilder area)
    {
        area.MapGet(
                "/districts/{districtId}/schools/scores",
                (string districtId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonPage page, ScoreQuestions questions, CancellationToken cancellationToken) =>
                    CompareAsync(Schools, "district", Entities.District, districtId, filter, page, questions, cancellationToken))
            .WithSummary("How the schools of a district compare, test by test.");
        area.MapGet(
                "/states/{stateId}/districts/scores",
                (string stateId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonPage page, ScoreQuestions questions, CancellationToken cancellationToken) =>
                    CompareAsync(Districts, "state", Entities.State, stateId, filter, page, questions, cancellationToken))
            .WithSummary("How the districts of a state compare, test by test.");
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> CompareAsync<T>(
        WarehouseQuery query, string parameter, EntityKind<T> kind, string id, ScoreFilter filter, ComparisonPage page, ScoreQuestions questions,
        CancellationToken cancellationToken)
        where T : class
    {
        if (page.Check() is { } invalid)
        {
            return invalid;
        }

        var parameters = filter.With(parameter, id);
        page.AddTo(parameters);
        var answer = await questions.AskAsync(kind, id, filter, query, parameters, ComparisonsJson.Default.ComparedRow, cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(page.Of(answer.Rows));
    }
}
