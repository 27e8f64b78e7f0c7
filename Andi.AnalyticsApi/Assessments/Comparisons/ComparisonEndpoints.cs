using Andi.Warehouse;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.AnalyticsApi.Assessments.Comparisons;

internal static class ComparisonEndpoints
{
    private static readonly WarehouseQuery Schools = WarehouseQuery.Of(AssessmentsEndpoints.Area, "district_schools");

    public static void MapComparisons(this IEndpointRouteBuilder area)
    {
        area.MapGet("/districts/{districtId}/schools/scores", SchoolsAsync).WithSummary("How the schools of a district compare, test by test.");
        area.MapGet("/states/{stateId}/districts/scores", DistrictsAsync).WithSummary("How the districts of a state compare, test by test.");
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> SchoolsAsync(
        string districtId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonPage page, ScoreQuestions questions, CancellationToken cancellationToken)
    {
        if (page.Check() is { } invalid)
        {
            return invalid;
        }

        var parameters = filter.With("district", districtId);
        page.AddTo(parameters);
        var answer = await questions.AskAsync(Entities.District, districtId, filter, Schools, parameters, ComparisonsJson.Default.ComparedRow, cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(page.Of(answer.Rows));
    }

    private static async Task<Results<Ok<Comparison>, ProblemHttpResult>> DistrictsAsync(
        string stateId, [AsParameters] ScoreFilter filter, [AsParameters] ComparisonPage page, ScoreQuestions questions, DistrictsOfState districts,
        CancellationToken cancellationToken)
    {
        if (page.Check() is { } invalid)
        {
            return invalid;
        }

        var answer = await questions.AskAsync(Entities.State, stateId, filter, ComparedAsync, cancellationToken);
        return answer.Problem is not null ? answer.Problem : TypedResults.Ok(page.Of(answer.Rows));

        async Task<IReadOnlyList<Compared>> ComparedAsync()
        {
            var naming = questions.DistrictsAsync(cancellationToken);
            var comparing = districts.AskAsync(() => questions.At(filter.With("state", stateId)), cancellationToken);
            await Task.WhenAll(naming, comparing);
            var (names, rows) = (await naming, await comparing);
            var tests = await questions.TestsAsync(rows.Select(row => row.TestId), cancellationToken);
            return
            [
                .. rows.Select(row => new Compared(
                    row.DistrictId, names.GetValueOrDefault(row.DistrictId)?.Name, row.TestId, tests.GetValueOrDefault(row.TestId)?.Subject ?? row.Subject, row.Count,
                    row.Average, row.Median)),
            ];
        }
    }
}
